import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { emptyStatistics, runClient, type ClientStatistics } from "#soak/client.ts";
import { type Growth, growthOf, problemsOf, type Sample, sampleOf, slope } from "#soak/memory.ts";
import { type Answered, Oracle } from "#soak/oracle.ts";
import { type Question, questions } from "#soak/questions.ts";
import { Random } from "#soak/random.ts";
import { Replica } from "#soak/replica.ts";
import type { AdmissionSettings } from "#src/admission/settings.ts";
import { NO_POLICIES } from "#src/policy/model/types.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { startTestServer, type TestServer } from "../webhook/harness.ts";

const SETTINGS: Omit<AdmissionSettings, "policies"> = {
  cluster: PROFILES.dual,
  version: { minor: 36 },
  ipFamilyPolicy: "server",
  validity: "deny",
  exempt: { namespaces: ["kube-system", "fairlead"], services: ["default/kubernetes"] },
  today: "2027-01-01",
};
const QUESTIONS = 200;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.stop();
});

/** So many questions, asked of a replica in that state at that port, and checked by these settings. */
async function run(overrides: {
  settings?: Partial<AdmissionSettings>;
  port?: number;
  state?: Replica["state"];
}): Promise<ClientStatistics> {
  const replica = new Replica({ name: "a server", certificate: "", key: "", policies: "" });
  replica.port = overrides.port ?? server.server.port;
  replica.state = overrides.state ?? "up";
  const random = new Random(1);
  const statistics = emptyStatistics();
  const oracle = new Oracle({ ...SETTINGS, ...overrides.settings }, NO_POLICIES);
  const asked = questions(random);
  let left = QUESTIONS;
  const counted: Iterator<Question, never> = {
    next: () => {
      left--;
      return asked.next();
    },
  };
  const stopped = (): boolean => left <= 0 || statistics.lost > 0;
  await runClient({ replicas: [replica], oracle, questions: counted, random, ca: [server.ca], statistics, stopped });
  return statistics;
}

describe("the check of a soak", () => {
  it("finds nothing wrong with a sound server", async () => {
    const { problems, ...counts } = await run({});
    expect({ problems, ...counts }).toEqual({
      problems: [],
      answers: QUESTIONS,
      wrong: 0,
      lost: 0,
      retried: 0,
      shed: 0,
    });
  });

  it("sees answers that are not the engine's", async () => {
    const { wrong } = await run({ settings: { validity: "warn" } });
    expect(wrong).toBeGreaterThan(0);
  });

  it("counts a question as lost where a replica that is up takes no connection", async () => {
    // Nothing listens on port 1.
    expect(await run({ port: 1 })).toMatchObject({ lost: 1, retried: 0 });
  });

  it("counts a question as lost that was taken and not answered, though the replica is about to end", async () => {
    const deaf = createServer((socket) => socket.once("data", () => socket.destroy())).listen(0, "127.0.0.1");
    await once(deaf, "listening");
    const address = deaf.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await run({ port, state: "leaving" })).toMatchObject({ lost: 1, retried: 0 });
    deaf.close();
  });

  const review = JSON.stringify({ apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", request: { uid: "u" } });
  it.each<{ name: string; body: string; answered: Answered; want: RegExp }>([
    { name: "no JSON", body: review, answered: { status: 200, text: "<html>" }, want: /no JSON/ },
    { name: "200 for what is no review", body: "{", answered: { status: 200, text: "{}" }, want: /no review/ },
    { name: "400 that is no review", body: "{", answered: { status: 400, text: "{}" }, want: /refuses/ },
    { name: "another status", body: review, answered: { status: 500, text: "{}" }, want: /^status 500/ },
  ])("refuses $name", ({ body, answered, want }) => {
    const oracle = new Oracle(SETTINGS, NO_POLICIES);
    expect(oracle.problem({ path: "/validate", body }, answered, new Set([NO_POLICIES]))).toMatch(want);
  });
});

describe("the growth of a replica", () => {
  const looks = (at: (index: number) => Partial<Sample>): Growth | undefined =>
    growthOf(
      Array.from({ length: 60 }, (_, index) => ({
        seconds: index * 5,
        resident: 150,
        heap: 40,
        descriptors: 30,
        ...at(index),
      })),
    );

  it.each<{ name: string; at: (index: number) => Partial<Sample>; want: readonly RegExp[] }>([
    { name: "nothing grows", at: () => ({}), want: [] },
    {
      name: "the heap goes up and down between collections",
      at: (index) => ({ heap: 40 + (index % 6) * 10 }),
      want: [],
    },
    { name: "the heap leaks", at: (index) => ({ heap: 40 + index }), want: [/^heap grew/] },
    {
      name: "memory outside of the heap leaks",
      at: (index) => ({ resident: 150 + 2 * index }),
      want: [/^resident grew/],
    },
    { name: "a replica does not tell", at: () => ({ heap: Number.NaN }), want: [/^heap grew by NaN/] },
    { name: "descriptors leak", at: (index) => ({ descriptors: 30 + 2 * index }), want: [/^descriptors grew/] },
  ])("$name", ({ at, want }) => {
    const growth = looks(at);
    const problems = growth === undefined ? ["too few looks"] : problemsOf(growth);
    expect(problems).toEqual(want.map((pattern) => expect.stringMatching(pattern)));
  });

  it("is not told from a few looks", () => {
    expect(growthOf([])).toBeUndefined();
  });

  it("reads what a replica says of itself", async () => {
    const sample = sampleOf(1, await server.metrics.text());
    expect([sample.resident, sample.heap, sample.descriptors].every((value) => value > 0)).toBe(true);
  });

  it("fits a straight line", () => {
    expect(slope([0, 1, 2, 3], [1, 3, 5, 7])).toBeCloseTo(2);
  });
});
