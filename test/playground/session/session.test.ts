import { expect, it } from "@jest/globals";
import { problemsOf, Session } from "#playground/session/index.ts";
import { completeState, FIRST_STATE } from "#playground/state/index.ts";
import { playgroundData } from "#scripts/playground-data.ts";

const { sets } = playgroundData();
const { manifest } = FIRST_STATE;
const WORKLOAD = `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } } }
`;

it("keeps what is around a Service while no object of the manifest is another", () => {
  const session = new Session(sets, "2026-11-28");
  const open = (text: string) => session.open(completeState({ manifest: text, policySet: "consistency" })).context;
  const first = open(manifest + WORKLOAD);
  expect(first.inventory).toBeDefined();
  expect(open(`${manifest}# a comment\n${WORKLOAD}`)).toBe(first);
  const other = open(manifest + WORKLOAD.replaceAll("web", "shop"));
  expect(other.inventory).not.toBe(first.inventory);
  expect(other.policies).toBe(first.policies);
});

it.each([
  { name: "there are no workloads", text: manifest, isComplete: false, notes: ["selects-workload"] },
  { name: "there is a workload", text: manifest + WORKLOAD, isComplete: false, notes: [] },
  { name: "the manifest has all there is", text: manifest, isComplete: true, notes: [] },
])("says what rules could not look at: $name", ({ text, isComplete, notes }) => {
  const session = new Session(sets, "2026-11-28");
  const said = session.open(completeState({ manifest: text, policySet: "consistency", isComplete })).notes;
  expect(said).toHaveLength(notes.length);
  for (const [index, note] of notes.entries()) expect(said[index]).toContain(note);
});

it.each([
  { part: "serviceCIDR", wrong: "10.0.0.0", right: "10.0.0.0/16, fd00::/112" },
  { part: "nodePortRange", wrong: "30000", right: " 30000-30100" },
  { part: "externalIPs", wrong: "all", right: "none" },
] as const)("says that $part cannot be read", ({ part, wrong, right }) => {
  const problems = (text: string) => problemsOf({ serviceCIDR: "", nodePortRange: "", externalIPs: "", [part]: text });
  expect(problems(wrong)).toMatchObject([{ part }]);
  expect([...problems(right), ...problems("")]).toEqual([]);
});
