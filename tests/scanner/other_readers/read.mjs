// Reads pictures with zxing-wasm: node read.mjs FILE…; one JSON line a file, {"file", "symbols":
// [{"format", "text", "gs1"}]}. With --self-check it only shows that the module works.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

// The module would fetch its program from the network; ours is beside it.
const program = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
await prepareZXingModule({ overrides: { wasmBinary: readFileSync(program).buffer }, fireImmediately: true });

const options = { tryHarder: true, tryRotate: true, maxNumberOfSymbols: 8, textMode: "Plain" };
const files = process.argv.slice(2).filter((argument) => argument !== "--self-check");
for (const file of files) {
  const found = await readBarcodes(new Uint8Array(readFileSync(file)), options);
  const symbols = found
    .filter((symbol) => symbol.isValid)
    .map((symbol) => ({ format: symbol.format, text: symbol.text, gs1: symbol.contentType === "GS1" }));
  console.log(JSON.stringify({ file, symbols }));
}
