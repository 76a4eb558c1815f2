import { describe, expect, it } from "@jest/globals";
import { Draws } from "#fuzz/draws.ts";
import { guided } from "#fuzz/guided.ts";
import { checkPrototypes } from "#fuzz/invariants/prototypes.ts";
import { Broken, type Target } from "#fuzz/target.ts";
import { playerOf } from "#fuzz/targets/index.ts";
import { policyTarget } from "#fuzz/targets/policy.ts";
import { reviewTarget } from "#fuzz/targets/review.ts";
import { serviceTarget } from "#fuzz/targets/service.ts";
import { textTarget } from "#fuzz/targets/text.ts";
import { answer } from "#src/admission/answer.ts";
import type { Answer } from "#src/admission/facts.ts";
import { fixText } from "#src/examine/fixes/index.ts";
import { judge } from "#src/engine/judge.ts";
import { isObject, valueAt } from "#src/field/json.ts";
import { compileFiles } from "#src/policy/files/compile-files.ts";
import { NO_POLICIES } from "#src/policy/model/types.ts";

/** Plays a target on drawn cases. @returns the invariants that broke */
async function broken<C>(target: Target<C>, runs = 400): Promise<readonly string[]> {
  const { failures } = await playerOf(target).campaign({ runs, seed: 20261126, failures: 1, shrinks: false });
  return failures.map(({ invariant }) => invariant);
}

type Ask = typeof answer;
type Response = Answer["body"]["response"];

/** The real answer with something done to its response. */
function answering(change: (response: Response, review: unknown) => unknown): Ask {
  return (review, phase, settings) => {
    const told = answer(review, phase, settings);
    const changed = change(told.body.response, review);
    return { ...told, body: { ...told.body, response: Object.assign({ ...told.body.response }, changed) } };
  };
}

function spin(milliseconds: number): void {
  const before = process.cpuUsage();
  while (process.cpuUsage(before).user < milliseconds * 1000);
}

let count = 0;

const BAD_ANSWERS: readonly { readonly name: string; readonly ask: Ask; readonly breaks: string }[] = [
  {
    name: "throws",
    ask: () => {
      throw new TypeError("no such thing");
    },
    breaks: "no crash",
  },
  {
    name: "is slow",
    ask: (...given) => {
      spin(80);
      return answer(...given);
    },
    breaks: "linear time",
  },
  { name: "has a field too much", ask: answering(() => ({ extra: 1 })), breaks: "well-formed reply" },
  {
    name: "has a patch of no type",
    ask: answering(() => ({ patch: "W10=", patchType: undefined })),
    breaks: "well-formed reply",
  },
  { name: "forgets the uid", ask: answering(() => ({ uid: "other" })), breaks: "uid echoed" },
  {
    name: "allows everything",
    ask: answering(() => ({ allowed: true, status: undefined })),
    breaks: "webhook and judge agree",
  },
  {
    name: "patches what is not there",
    ask: answering(({ patch }) => patch && { patch: packed([{ op: "remove", path: "/spec/nothing" }]) }),
    breaks: "patch applies",
  },
  {
    name: "patches again and again",
    ask: answering(({ patch }) => patch && { patch: packed([{ op: "add", path: "/more", value: 1 }]) }),
    breaks: "patch settles",
  },
  {
    name: "says something else each time",
    ask: answering(() => ({ auditAnnotations: { count: String(count++) } })),
    breaks: "deterministic",
  },
  {
    name: "changes what it is given",
    ask: (review, ...rest) => {
      if (isObject(review)) review["seen"] = true;
      return answer(review, ...rest);
    },
    breaks: "no crash",
  },
];

function packed(patch: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(patch)).toString("base64");
}

describe("an answer that is wrong is noticed, where it", () => {
  it.each(BAD_ANSWERS)("$name", async ({ ask, breaks }) => {
    expect(await broken(reviewTarget(ask))).toEqual([breaks]);
  });
});

describe("a judgement that is wrong is noticed, where it", () => {
  it.each([
    { name: "refuses without a cause", ask: cause(() => []), breaks: "refused for a reason" },
    { name: "stores what it refuses", ask: storing, breaks: "stored if allowed" },
  ])("$name", async ({ ask, breaks }) => {
    expect(await broken(serviceTarget(ask))).toEqual([breaks]);
  });

  function cause(change: () => []): typeof judge {
    return (request) => ({ ...judge(request), causes: change() });
  }

  function storing(...given: Parameters<typeof judge>): ReturnType<typeof judge> {
    const judgement = judge(...given);
    const { admitted } = judgement;
    return admitted === undefined ? judgement : { stored: admitted, ...judgement };
  }
});

describe("a fix that is wrong is noticed, where it", () => {
  const BAD_FIXES: readonly {
    readonly name: string;
    readonly fix: (text: string) => string;
    readonly breaks: string;
  }[] = [
    { name: "adds something each time", fix: (text) => `${text}\n# more`, breaks: "a second fix changes nothing" },
    { name: "loses comments", fix: (text) => text.replace(/ #.*/g, ""), breaks: "comments kept" },
    { name: "loses a field", fix: (text) => text.replace(/^ *selector: *\{.*\}.*\n/m, ""), breaks: "reads as before" },
    { name: "empties the text", fix: () => "", breaks: "reads as before" },
    {
      name: "breaks the text",
      fix: (text) => text.replace(/^kind: .*$/m, "kind: ["),
      breaks: "what is fixed can be read",
    },
    {
      name: "writes a value that is refused",
      fix: (text) => text.replace(/\bTCP\b/, "tcp"),
      breaks: "no new error",
    },
  ];
  it.each(BAD_FIXES)("$name", async ({ fix, breaks }) => {
    expect(await broken(textTarget((text) => ({ text: fix(text) })))).toEqual([breaks]);
  });

  it("is the real one, and nothing is noticed in a sound text", async () => {
    const text = "apiVersion: v1 # a\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: '80' }] }\n";
    const target = textTarget(fixText);
    await expect(playerOf(target).replay({ text, file: "a.yaml", situation: "plain" })).resolves.toBeUndefined();
  });
});

describe("a loader that is wrong is noticed, where it", () => {
  it("loads half of a set", async () => {
    const load = (text: string) => {
      const loaded = compileFiles([{ file: "p.yaml", text }]);
      return loaded.problems.length === 0 ? { ...loaded, policies: NO_POLICIES } : loaded;
    };
    expect(await broken(policyTarget(load))).toEqual(["whole or not at all"]);
  });

  it("names no place", async () => {
    const load = (text: string) => {
      const loaded = compileFiles([{ file: "p.yaml", text }]);
      return { ...loaded, problems: loaded.problems.map((problem) => ({ ...problem, line: 0 })) };
    };
    expect(await broken(policyTarget(load))).toEqual(["a place for each problem"]);
  });
});

describe("what all objects inherit", () => {
  it("is looked at", () => {
    Object.defineProperty(Object.prototype, "polluted", { value: 1, configurable: true });
    try {
      expect(checkPrototypes).toThrow(Broken);
    } finally {
      Reflect.deleteProperty(Object.prototype, "polluted");
    }
    expect(checkPrototypes).not.toThrow();
  });
});

describe("draws", () => {
  it("come again with the same seed, and otherwise not", () => {
    const drawn = (seed: number): unknown => JSON.stringify(reviewTarget().draw(new Draws(seed, 2, 3)));
    expect(drawn(1)).toBe(drawn(1));
    expect(drawn(1)).not.toBe(drawn(2));
  });

  it("make most reviews sound enough to be judged", () => {
    const draws = new Draws(1);
    const target = reviewTarget();
    const statuses = Array.from({ length: 300 }, () => target.draw(draws)).map(
      ({ review }) => typeof valueAt(review, ["request", "uid"]),
    );
    expect(statuses.filter((type) => type === "string").length).toBeGreaterThan(200);
  });
});

describe("coverage", () => {
  it("counts a block when it runs first, and not again", async () => {
    const said: string[] = [];
    const target = guided(serviceTarget(), (words) => said.push(words));
    const { runs, failures } = await playerOf(target).campaign({ runs: 200, seed: 1, failures: 1 });
    await target.close?.();
    expect([runs, failures]).toEqual([200, []]);
    expect(said.join()).toMatch(/^service: \d+ blocks of the source reached; \d+ cases kept on the way$/);
  });
});
