import { describe, expect, it } from "@jest/globals";
import { type TextAnswer, TextAnswers } from "#playground/answer/index.ts";
import { FILES, Session } from "#playground/session/index.ts";
import { completeState, FIRST_STATE, type PlaygroundState } from "#playground/state/index.ts";
import { analyse } from "#src/editor/analysis/index.ts";

const session = new Session({}, "2026-11-28");

function answer(part: Partial<PlaygroundState>): TextAnswer {
  const state = completeState(part);
  const opened = session.open(state);
  return new TextAnswers().of(opened, analyse(state.manifest, FILES.manifest, opened.context));
}

function printed(part: Partial<PlaygroundState>): string {
  return answer(part)
    .printed.map(({ text, told }) => (told === undefined ? text : `${text}<${told}>`))
    .join("\n");
}

function service(name: string, spec = "", metadata = ""): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
${metadata}spec:
${spec}  ports:
    - port: 80
`;
}

const WEB = service("web");
const NO_PORT = WEB.replace("80", "0\n      targetPort: 80");
const NODE_PORT = (name: string): string =>
  service(name, "  type: NodePort\n").replace("80", "80\n      nodePort: 30123");

/** A policy of the cluster, with its binding. */
function clusterPolicy(validation: string, action = "Deny", binding = true): string {
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: vp}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [services]}]
  validations:
    - ${validation}
${
  binding
    ? `---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: vb}
spec: {policyName: vp, validationActions: [${action}]}
`
    : ""
}`;
}

const NO = 'expression: "false"\n      message: vap says no';

const OWN = `apiVersion: fairlead.dev/v1alpha1
kind: ServicePolicy
metadata:
  name: few-ports
spec:
  validations:
    - name: few-ports
      expression: size(object.spec.ports) < 1
      message: one port is enough
`;

describe("what kubectl prints", () => {
  // What kubectl 1.33 prints, without a server and with one; the sentences of newer servers are Fairlead's.
  it.each<{ name: string; state: Partial<PlaygroundState>; lines: string }>([
    { name: "a new Service", state: { manifest: WEB }, lines: "service/web created" },
    {
      name: "an empty text",
      state: { manifest: "" },
      lines: "error: no objects passed to apply",
    },
    {
      name: "what is refused, in the words that are known",
      state: { manifest: service("web", "  foo: 1\n") },
      lines:
        'Error from server (BadRequest): error when creating "service.yaml": Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.foo"',
    },
    {
      name: "a field that is unknown, with a warning",
      state: { manifest: service("web", "  foo: 1\n"), fieldValidation: "warn" },
      lines: 'Warning: unknown field "spec.foo"\nservice/web created',
    },
    {
      name: "another version",
      state: { manifest: WEB.replace("v1", "v2") },
      lines:
        'error: resource mapping not found for name: "web" namespace: "" from "service.yaml": no matches for kind "Service" in version "v2"\nensure CRDs are installed first',
    },
    {
      name: "no kind",
      state: { manifest: WEB.replace("kind: Service\n", "") },
      lines:
        'error: error validating "service.yaml": error validating data: kind not set; if you choose to ignore these errors, turn validation off with --validate=false',
    },
    {
      name: "what is no object",
      state: { manifest: "hello" },
      lines:
        'error: error validating "service.yaml": error validating data: invalid object to validate; if you choose to ignore these errors, turn validation off with --validate=false',
    },
    {
      name: "a generated name, applied",
      state: { manifest: WEB.replace("name: web", "generateName: web-") },
      lines: "error: from web-: cannot use generate name with apply",
    },
    {
      name: "a generated name, created",
      state: { manifest: WEB.replace("name: web", "generateName: web-"), apply: "replace" },
      lines: "service/web-xxxxx created",
    },
    {
      name: "no name, applied",
      state: { manifest: WEB.replace("name: web", "labels: {a: b}") },
      lines: `error: error when retrieving current configuration of:
Resource: "/v1, Resource=services", GroupVersionKind: "/v1, Kind=Service"
Name: "", Namespace: "default"
from server for: "service.yaml": resource name may not be empty`,
    },
    {
      name: "a resource version, which kubectl leaves out",
      state: { manifest: service("web", "", '  resourceVersion: "77"\n') },
      lines: "service/web created",
    },
    {
      name: "a key that is there twice",
      state: { manifest: `${WEB}  ports:\n    - port: 81\n` },
      lines: "service/web created",
    },
    {
      name: "an apply that changes nothing",
      state: { manifest: WEB, before: WEB },
      lines: "service/web unchanged",
    },
    {
      name: "an apply that changes something",
      state: { manifest: WEB.replace("80", "81"), before: WEB },
      lines: "service/web configured",
    },
    {
      name: "a stored object that does not say what was applied",
      state: {
        manifest: WEB,
        before: service(
          "web",
          "  clusterIP: 10.96.1.1\n  clusterIPs: [10.96.1.1]\n",
          "  namespace: default\n  uid: 4f1d\n",
        ),
      },
      lines:
        "Warning: resource services/web is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. …\nservice/web configured",
    },
    {
      name: "a policy of the cluster that denies",
      state: { manifest: WEB, policy: clusterPolicy(NO) },
      lines: `The services "web" is invalid: : ValidatingAdmissionPolicy 'vp' with binding 'vb' denied request: vap says no`,
    },
    {
      name: "one that denies with another reason",
      state: { manifest: WEB, policy: clusterPolicy(`${NO}\n      reason: Forbidden`) },
      lines: `Error from server (Forbidden): error when creating "service.yaml": services "web" is forbidden: ValidatingAdmissionPolicy 'vp' with binding 'vb' denied request: vap says no`,
    },
    {
      name: "one that warns",
      state: { manifest: WEB, policy: clusterPolicy(NO, "Warn") },
      lines: `Warning: Validation failed for ValidatingAdmissionPolicy 'vp' with binding 'vb': vap says no\nservice/web created`,
    },
    {
      name: "a policy of Fairlead's",
      state: { manifest: WEB, policy: OWN },
      lines: 'The Service "web" is invalid: spec.ports: one port is enough (Fairlead: few-ports, policy few-ports)',
    },
  ])("$name", ({ state, lines }) => {
    expect(printed(state)).toBe(lines);
  });

  it("tells once what is wrong, and nothing in words that the server does not use", () => {
    const lines = printed({ manifest: NO_PORT });
    expect(lines).toMatch(/^Warning: spec\.ports\[0\]\.port: .*\(Fairlead: port-range\)$/m);
    expect(lines).toMatch(/^The Service "web" is invalid: spec\.ports\[0\]\.port: Invalid value: <…>$/m);
    expect(lines).not.toContain("HTTP");
  });

  it("tells of errors after all that goes well, and of several without an introduction", () => {
    const manifest = [NO_PORT.replace("web", "a"), service("b"), NO_PORT.replace("web", "c"), "a: [", WEB].join(
      "---\n",
    );
    const lines = printed({ manifest })
      .split("\n")
      .filter((line) => !line.startsWith("Warning"));
    expect(lines).toEqual([
      "service/b created",
      expect.stringMatching(
        /^Error from server \(Invalid\): error when creating "service.yaml": Service "a" is invalid: spec/,
      ),
      expect.stringMatching(
        /^Error from server \(Invalid\): error when creating "service.yaml": Service "c" is invalid: spec/,
      ),
      expect.stringMatching(/^error parsing service.yaml: <.*>$/),
    ]);
  });

  it("names what is patched, where the server refuses an update otherwise than as invalid", () => {
    const state = { manifest: WEB, before: WEB, policy: clusterPolicy(`${NO}\n      reason: Forbidden`) };
    expect(printed(state).split("\n")).toEqual([
      "Error from server (Forbidden): error when applying patch:",
      "…",
      "to:",
      'Resource: "/v1, Resource=services", GroupVersionKind: "/v1, Kind=Service"',
      'Name: "web", Namespace: "default"',
      expect.stringMatching(/^for: "service.yaml": error when patching "service.yaml": services "web" is forbidden: /),
    ]);
  });
});

describe("who says it", () => {
  it("is the API server, for its own policies", () => {
    const [one] = answer({ manifest: WEB, policy: clusterPolicy(NO) }).answers;
    const step = one?.steps.find(({ title }) => title === "Validating policies");
    expect(step).toMatchObject({ who: "the API server", outcome: "refused" });
    expect(answer({ manifest: WEB, policy: clusterPolicy(NO) }).verdict.text).toContain("by the API server");
    const webhook = one?.steps.find(({ title }) => title === "Validating admission");
    expect(webhook?.statements).toEqual([]);
  });

  it("is nobody, for one without a binding, and its author is told", () => {
    const state = completeState({ manifest: WEB, policy: clusterPolicy(NO, "Deny", false) });
    expect(session.open(state).policies.notes).toMatchObject([{ message: expect.stringContaining("Binding") }]);
  });

  it("keeps what was allocated before", () => {
    const [one] = answer({ manifest: WEB.replace("80", "81"), before: WEB }).answers;
    const statements = one?.steps.flatMap((step) => step.statements) ?? [];
    expect(statements).toContainEqual(expect.objectContaining({ field: "spec.clusterIP", text: "kept" }));
    expect(statements).not.toContainEqual(expect.objectContaining({ text: "allocated" }));
  });
});

describe("the verdict", () => {
  it.each<{ name: string; state: Partial<PlaygroundState>; tone: string; text: string | RegExp }>([
    { name: "all is well", state: { manifest: WEB }, tone: "good", text: "Service default/web is created" },
    { name: "nothing is there", state: { manifest: "" }, tone: "warning", text: "The manifest is empty" },
    {
      name: "another object",
      state: { manifest: "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n" },
      tone: "warning",
      text: "There is no Service in the manifest, only: Deployment. Nothing is judged",
    },
    { name: "a policy among the manifests", state: { manifest: OWN }, tone: "warning", text: /^Policies belong/ },
    {
      name: "a text that cannot be read",
      state: { manifest: `${WEB}a: [` },
      tone: "error",
      text: /^The text cannot be read: line \d+: /,
    },
    {
      name: "a Service behind what cannot be read",
      state: { manifest: `a: [\n---\n${WEB}` },
      tone: "error",
      text: /^The text cannot be read: line \d+: /,
    },
    {
      name: "the third of three",
      state: { manifest: [service("a"), service("b"), NO_PORT].join("---\n") },
      tone: "error",
      text: "1 of 3 Services is refused",
    },
    {
      name: "all of two",
      state: { manifest: [service("a"), service("b")].join("---\n") },
      tone: "good",
      text: "All 2 Services are created",
    },
    {
      name: "a port that two want",
      state: { manifest: [NODE_PORT("a"), NODE_PORT("b")].join("---\n") },
      tone: "error",
      text: "1 of 2 Services is refused",
    },
    {
      name: "a key that is there twice, which kubectl does not tell",
      state: { manifest: `${WEB}  ports:\n    - port: 81\n` },
      tone: "warning",
      text: "Service default/web is created; a finding is an error",
    },
    {
      name: "a version of the object that is not stored",
      state: {
        manifest: service("web", "", '  resourceVersion: "1"\n'),
        before: service(
          "web",
          "  clusterIP: 10.96.1.1\n  clusterIPs: [10.96.1.1]\n",
          '  uid: 4f1d\n  resourceVersion: "2"\n',
        ),
      },
      tone: "error",
      text: /refused by the API server/,
    },
    {
      name: "an update of nothing",
      state: { manifest: WEB, operation: "update" },
      tone: "warning",
      text: "Service default/web is created; there is no Service default/web in the object before: judged as a create",
    },
    {
      name: "an update of another Service",
      state: { manifest: WEB, before: service("api") },
      tone: "warning",
      text: /there is no Service default\/web in the object before/,
    },
    {
      name: "an update of what cannot be read",
      state: { manifest: WEB, before: "a: [" },
      tone: "error",
      text: "The object before cannot be read: there is no answer",
    },
    {
      name: "a policy with errors",
      state: { manifest: WEB, policy: OWN.replace("< 1", "<") },
      tone: "warning",
      text: "Service default/web is created; your policy has errors and is not applied",
    },
    {
      name: "a policy with errors beside one without",
      state: { manifest: WEB, policy: `${OWN.replace("< 1", "<").replace("few-ports", "other")}---\n${OWN}` },
      tone: "error",
      text: "Service default/web is refused by Fairlead's webhook, at validating admission; what has errors in your policies is not applied",
    },
    {
      name: "a set that no link should name",
      state: { manifest: WEB, policySet: "constructor" },
      tone: "good",
      text: "Service default/web is created",
    },
  ])("$name", ({ state, tone, text }) => {
    const { verdict } = answer(state);
    expect(verdict.tone).toBe(tone);
    expect(verdict.text).toEqual(typeof text === "string" ? text : expect.stringMatching(text));
  });

  it("is about each Service, and the answers of those that stay are the same objects", () => {
    const texts = new TextAnswers();
    const state = { ...FIRST_STATE, policySet: "none", manifest: [service("a"), service("b")].join("---\n") };
    const opened = session.open(state);
    const first = texts.of(opened, analyse(state.manifest, FILES.manifest, opened.context));
    const manifest = state.manifest.replace("name: b", "name: c");
    const next = session.open({ ...state, manifest });
    const second = texts.of(next, analyse(manifest, FILES.manifest, next.context));
    expect(second.answers[0]).toBe(first.answers[0]);
    expect(second.answers[1]).not.toBe(first.answers[1]);
  });
});
