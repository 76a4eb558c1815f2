/**
 * `npm run dialect -- [--against helm|kubectl] [--texts N] [--seed S]`: compares what is read of made-up texts with what
 * Helm or kubectl reads of them. Helm shows what its YAML library, the one of kubectl and the API server, makes of one
 * document; kubectl, what becomes of a file: its encoding, JSON or YAML, and its documents. The exit code is 1 if any text
 * is read differently for a reason that `known.ts` does not name.
 */
import { parseArgs } from "node:util";
import { tools } from "#scripts/tools.ts";
import { Draws } from "../draws.ts";
import { compareWithHelm } from "./helm.ts";
import { compareWithKubectl } from "./kubectl.ts";

const { values: options } = parseArgs({
  options: {
    against: { type: "string", default: "helm" },
    texts: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
  },
});
const [texts, seed] = [Number(options.texts), Number(options.seed)];
const compare = new Map([
  ["helm", compareWithHelm],
  ["kubectl", compareWithKubectl],
]).get(options.against);
if (compare === undefined) throw new Error(`--against takes helm or kubectl, not ${options.against}`);

const different = compare(await tools(), new Draws(seed), texts);
console.log(`${texts} texts of seed ${seed}: ${different} read differently`);
process.exitCode = different > 0 ? 1 : 0;
