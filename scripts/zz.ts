import { readRun } from "../test/conformance/vectors.ts";
import { askAgainst } from "../test/conformance/against.ts";
for (const f of process.argv.slice(2)) for (const lucky of [false,true]) { const r=askAgainst(readRun(f),lucky); console.log(f.split("/").pop(),lucky,r.asked,"missed",r.missed.length,"false",r.falseAlarms.length,"other",r.otherCauses.length, r.missed.slice(0,4).join(" "), r.otherCauses.slice(0,3).join(" ")); }
