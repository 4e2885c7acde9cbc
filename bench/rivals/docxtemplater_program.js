// Renders one template many times with docxtemplater, as its manual shows it.
//
//     docxtemplater_program.js NODE_MODULES TEMPLATE DATA.json FOLDER
//
// Each line on standard input is a number of documents to make; the answer is how many seconds they took.
"use strict";
const fs = require("fs");
const path = require("path");
const readline = require("readline");

const [modules, template, dataFile, folder] = process.argv.slice(2);
const PizZip = require(path.join(modules, "pizzip"));
const Docxtemplater = require(path.join(modules, "docxtemplater"));
const data = JSON.parse(fs.readFileSync(dataFile, "utf-8"));
let made = 0;

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const begun = process.hrtime.bigint();
  for (let left = Number(line); left > 0; left -= 1) {
    made += 1;
    const zip = new PizZip(fs.readFileSync(template, "binary"));
    const document = new Docxtemplater(zip, { paragraphLoop: true, linebreaks: true });
    document.render(data);
    const bytes = document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
    fs.writeFileSync(path.join(folder, `${made}.docx`), bytes);
  }
  process.stdout.write(`${Number(process.hrtime.bigint() - begun) / 1e9}\n`);
});
