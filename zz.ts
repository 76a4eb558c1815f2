import { analyse } from "#src/editor/analysis/index.ts";
import { fixesAt, exemptionsAt } from "#src/editor/fixes/index.ts";
import { contextOf } from "#test/editor/contexts.ts";
import { FILES, textOf } from "#test/editor/samples.ts";
const c = {...await contextOf({}, ["baseline","advice"]), isNamed: true};
const seen = new Map<string, string>();
for (const f of FILES) { const t=textOf(f); const a=analyse(t,f,c);
 for (const d of a.diagnostics) { const x=fixesAt(a,d).filter(o=>o.diagnostic===d);
  for (const {fix} of x) { const e=fix.edits[0]; seen.set(d.code+(fix.isSafe?" SAFE":""), `${fix.title} :: ${JSON.stringify(e?.before)} -> ${JSON.stringify(e?.after)}`); }
  if (x.length===0) { const k=d.code+" NONE"; if(!seen.has(k)) seen.set(k, (d.advice??"")+"   "+f); } } }
for (const [k,v] of [...seen].sort()) console.log(k.padEnd(36), v);
