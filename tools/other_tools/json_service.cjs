// Asks the JSON language service of VS Code about files that are being written. Reads
// {"settings": {"json.schemas": [...]}, "files": [{"name", "text", "offset"?}]} from stdin and prints
// for each file {"diagnostics": [[offset, message], ...], "completions": {label: documentation}}.
//
// The settings are taken as the server of VS Code takes them: url, fileMatch and schema of each.
"use strict";
const fs = require("fs");
const {getLanguageService} = require("vscode-json-languageservice");
const {TextDocument} = require("vscode-languageserver-textdocument");

const asked = JSON.parse(fs.readFileSync(0, "utf8"));
const service = getLanguageService({
  clientCapabilities: {textDocument: {completion: {completionItem: {documentationFormat: ["plaintext"]}}}},
  schemaRequestService: (address) => Promise.reject(`nothing is fetched: ${address}`),
});
service.configure({
  validate: true,
  schemas: asked.settings["json.schemas"].map(({url, fileMatch, schema}) => ({uri: url, fileMatch, schema})),
});

async function told({name, text, offset}) {
  const document = TextDocument.create(`file:///folder/${name}`, "json", 1, text);
  const parsed = service.parseJSONDocument(document);
  const faults = await service.doValidation(document, parsed);
  const diagnostics = faults.map((one) => [document.offsetAt(one.range.start), one.message]);
  const completions = {};
  let hover = "";
  if (offset !== undefined) {
    const offered = await service.doComplete(document, document.positionAt(offset), parsed);
    for (const item of offered.items) {
      completions[item.label] = item.documentation ? item.documentation.value || item.documentation : "";
    }
    const found = await service.doHover(document, document.positionAt(offset), parsed);
    hover = found ? found.contents.map((one) => one.value || one).join("\n") : "";
  }
  return {diagnostics, completions, hover};
}

Promise.all(asked.files.map(told)).then((found) => process.stdout.write(JSON.stringify(found)));
