import { describe, expect, it } from "@jest/globals";
import { fairlead } from "../run-cli.ts";
import { all, checkoutOf, deployment, type Files, find, foundIn, ingress, service } from "./estate.ts";

/** A hundred teams, some of whose files are not as they should be. */
function teams(): Files {
  return Object.fromEntries(
    Array.from({ length: 400 }, (_none, number): [string, string] => [
      `team-${number % 100}/app-${number}.yaml`,
      all(
        service(`t${number % 100}/app-${number}`, `app-${number - (number % 7)}`),
        deployment(`t${number % 100}/app-${number}`, `app-${number}`),
        ingress(`t${number % 100}/app-${number}`, `app-${number - (number % 2) * 100}`, 80 + (number % 3)),
      ),
    ]),
  );
}

describe("a run", () => {
  it("finds the same with threads as without", async () => {
    const checkout = checkoutOf(teams());
    try {
      const [without, withThreads] = await Promise.all(
        ["0", "2"].map((workers) => find(checkout, "--workers", workers, ".")),
      );
      expect(without?.findings.length).toBeGreaterThan(200);
      expect(withThreads).toEqual(without);
    } finally {
      checkout.remove();
    }
  });

  it.each([
    { what: "one Service", input: service("web"), args: [], finds: [], notes: 1 },
    {
      what: "a Service and what it selects",
      input: all(service("web"), deployment("web")),
      args: [],
      finds: [],
      notes: 0,
    },
    {
      what: "one Service, which is all",
      input: service("web"),
      args: ["--complete"],
      finds: ["selects-workload"],
      notes: 0,
    },
    { what: "an Ingress", input: ingress("front", "web"), args: [], finds: [], notes: 1 },
    {
      what: "an Ingress, which is all",
      input: ingress("front", "web"),
      args: ["--complete"],
      finds: ["references-resolve"],
      notes: 0,
    },
    {
      what: "a Service and an Ingress",
      input: all(service("web"), ingress("front", "api")),
      args: [],
      finds: ["references-resolve"],
      notes: 1,
    },
  ])("of standard input looks at $what", async ({ input, args, finds, notes }) => {
    const checkout = checkoutOf({});
    try {
      const options = ["--policy", "../policy.yaml", "--format", "json", ...args];
      const { stdout } = await fairlead(["check", ...options, "-"], { cwd: checkout.folder, input });
      const { findings, leftOut } = foundIn(stdout);
      expect([findings.map((finding) => finding.split(" ")[1]), leftOut.length]).toEqual([finds, notes]);
    } finally {
      checkout.remove();
    }
  });

  it.each([
    { what: "a template of a chart", files: { "c/Chart.yaml": "name: c\n", "c/templates/web.yaml": service("web") } },
    { what: "a template", files: { "t.yaml": service("{{ name }}") } },
    { what: "a patch", files: { "k/kustomization.yaml": "patches: [{ path: p.yaml }]\n", "k/p.yaml": service("web") } },
    { what: "what cannot be read", files: { "u.yaml": "apiVersion: v1\nkind: [\n" } },
  ])("says that $what is not known", async ({ files }) => {
    const checkout = checkoutOf({ ...files, "a.yaml": all(service("a"), deployment("a"), ingress("front", "a")) });
    try {
      const { leftOut } = await find(checkout, ".");
      expect(leftOut).toContainEqual(expect.stringMatching(/^what 1 input that is not judged holds is not known/));
    } finally {
      checkout.remove();
    }
  });

  it("looks at other objects only if a policy does", async () => {
    const checkout = checkoutOf({ "a.yaml": service("web"), "u.yaml": ingress("front", "api") });
    try {
      const { stdout } = await checkout.check("--policy", "baseline", ".");
      expect(stdout).not.toContain("several objects");
    } finally {
      checkout.remove();
    }
  });
});
