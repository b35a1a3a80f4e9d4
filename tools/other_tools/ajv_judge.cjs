// Judges reports with ajv. Reads {"schema": file, "keywords": [...], "reports": [text, ...]} from
// stdin and prints, for each report, the faults found: [[instance pointer, keyword], ...].
//
// Strict mode stays on: all it needs to be told is which keywords are ours, and that $anchor, which
// ajv obeys without listing it, is one too. Only strictTypes is off: it wants one type where a form
// allows a figure or a blank.
"use strict";
const fs = require("fs");
const Ajv = require("ajv/dist/2020").default;
const addFormats = require("ajv-formats").default;

const asked = JSON.parse(fs.readFileSync(0, "utf8"));
const ajv = new Ajv({allErrors: true, strictTypes: false});
addFormats(ajv);
ajv.addVocabulary(["$anchor", ...asked.keywords]);
const validate = ajv.compile(JSON.parse(fs.readFileSync(asked.schema, "utf8")));
const found = asked.reports.map((text) => {
  validate(JSON.parse(text));
  return (validate.errors || []).map((error) => [error.instancePath, error.keyword]);
});
process.stdout.write(JSON.stringify({version: require("ajv/package.json").version, found}));
