import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { explainTopic, nearestTopic } from "#src/explain/pages.ts";
import { type Code, MESSAGES } from "#src/service/messages/messages.ts";
import { FIELD_HELP } from "#src/service/schema/field-help.ts";
import { validatePolicy } from "#src/policy/compile/validate.ts";
import { ruleText } from "#src/policy/reference/rule-text.ts";
import { findRule, RULES } from "#src/policy/rules/registry.ts";
import { fairlead } from "../check/run-cli.ts";

const SITE = "https://fairlead.github.io/fairlead";
const RULE_CODES = Object.keys(MESSAGES).filter((code): code is Code => Object.hasOwn(MESSAGES, code));

describe("fairlead explain", () => {
  it("without a topic lists every field", async () => {
    const { code, stdout } = await fairlead(["explain"]);
    expect(code).toBe(0);
    const listed = stdout.split("\n").map((line) => line.trim().split(/\s/)[0]);
    expect(listed).toEqual(expect.arrayContaining(Object.keys(FIELD_HELP)));
  });

  it("prints the purpose, default, rules and wiping of a field", async () => {
    const { code, stdout } = await fairlead(["explain", "spec.externalTrafficPolicy"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^spec\.externalTrafficPolicy\n\n {2}Local keeps the client's address/);
    expect(stdout).toContain("\n  values:   Cluster or Local\n");
    expect(stdout).toContain("\n  default:  Cluster, where the Service can be reached from outside\n");
    expect(stdout).toContain(" (external-policy-not-reachable)\n");
    expect(stdout).toContain("\n  cleared:  when the Service can no longer be reached from outside");
  });

  it.each([
    { topic: "spec.externaltrafficpolicy", near: "did you mean spec.externalTrafficPolicy?" },
    { topic: "nodePort", near: "did you mean spec.ports[].nodePort?" },
    { topic: "port-rang", near: "did you mean port-range?" },
    { topic: "duplicate-nmae", near: "did you mean duplicate-name?" },
    { topic: "yaml-words", near: "did you mean yaml-word?" },
    { topic: "named-prots", near: "did you mean named-ports?" },
    { topic: "policy/named-prots", near: "did you mean policy/named-ports?" },
    { topic: "sourceranges-required", near: "did you mean source-ranges-required?" },
    { topic: "node port", near: "did you mean spec.ports[].nodePort?" },
    { topic: "xyzzy", near: "`fairlead explain` lists the fields" },
  ])("reports that there is no $topic, and suggests another topic", async ({ topic, near }) => {
    const { code, stdout, stderr } = await fairlead(["explain", topic]);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: "",
      stderr: `there is no field or rule ${JSON.stringify(topic)}; ${near}\nevery finding, rule and trap of YAML has a page: ${SITE}/findings/\n`,
    });
  });

  it.each([
    { topic: "port-range", page: "findings/port-range" },
    { topic: "yaml-word", page: "findings/yaml-word" },
    { topic: "ports[0].nodePort", page: "docs/service#specportsnodeport" },
    { topic: "policy/named-ports", page: "rules/named-ports" },
    { topic: `${SITE}/findings/port-range#why`, page: "findings/port-range" },
    { topic: "rules/named-ports", page: "rules/named-ports" },
  ])("ends the page of $topic with the address of the one on the site", async ({ topic, page }) => {
    const { code, stdout } = await fairlead(["explain", topic]);
    expect({ code, end: stdout.split("\n").slice(-3) }).toEqual({ code: 0, end: ["", `  more: ${SITE}/${page}`, ""] });
  });

  it("explains policy rules, too", async () => {
    const { code, stdout } = await fairlead(["explain", "named-ports"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Every port has a name.");
    expect((await fairlead(["rules", "named-ports"])).stdout).toBe(stdout);
    const asJson: unknown = JSON.parse((await fairlead(["rules", "named-ports", "--json"])).stdout);
    expect(asJson).toEqual([expect.objectContaining({ id: "named-ports", help: `${SITE}/rules/named-ports` })]);
  });

  it.each(RULES.map(({ id }) => id))("the policy rule %s is text for a terminal: no markup, no long lines", (id) => {
    const rule = findRule(id);
    if (rule === undefined) throw new Error(id);
    const lines = ruleText(rule, { width: 80, heading: (text) => `*${text}*` }).split("\n");
    expect(lines.filter((line) => /`|^ *\||^#|\*\*/.test(line))).toEqual([]);
    // A single word, or a line of YAML, may be longer.
    expect(lines.filter((line) => line.length > 80 && !/^ +[^ ]+$/.test(line) && !/^ {6}/.test(line))).toEqual([]);
    expect(lines.filter((line) => line.startsWith("*"))).toEqual(
      [id, "Applies to", "Parameters", "In a policy", "Messages", "Accepted", "Found"]
        .filter((name) => name !== "Parameters" || Object.keys(rule.parameters.properties ?? {}).length > 0)
        .map((name) => `*${name}*`),
    );
  });

  it.each(RULES.map(({ id }) => id))("the policy that the page of %s shows is valid", (id) => {
    const rule = findRule(id);
    const text = rule && ruleText(rule, { width: 80, heading: (heading) => heading });
    const spec: unknown = parse(/In a policy\n([^]*?)\n\n/.exec(text ?? "")?.[1] ?? "");
    const document = { apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata: { name: "p" }, spec };
    expect(validatePolicy(document)).toEqual([]);
  });
});

describe("every topic has its page", () => {
  it.each(Object.keys(FIELD_HELP))("%s", (field) => {
    const page = explainTopic(field);
    expect(page).toMatch(new RegExp(`^${RegExp.escape(field)}\\n\\n {2}\\S`));
    expect(page).not.toMatch(/undefined|\(\)/);
    // Users copy paths from messages, where lists have numbers, and leave the brackets out.
    expect(explainTopic(field.replaceAll("[]", "[0]"))).toBe(page);
    expect(explainTopic(field.replaceAll("[]", ""))).toBe(page);
    expect(explainTopic(`service.${field}`)).toBe(page);
  });

  it.each(RULE_CODES)("%s", (code) => {
    const page = explainTopic(code);
    expect(page).toMatch(new RegExp(`^${code}\\n\\n {2}\\S.*\\n {2}the API server `));
    expect(page).toContain(MESSAGES[code].title);
  });
});

describe("a rule's page says what the API server does, and from which version on", () => {
  it.each([
    { code: "port-range", says: "the API server refuses the object, with the reason FieldValueInvalid" },
    { code: "node-port-collides", says: "the API server fails with an internal error (500)" },
    { code: "not-int32", says: "the API server cannot decode the object: a bad request (400)" },
    {
      code: "unknown-field",
      says: "the API server drops the field with a warning; with strict field validation it refuses",
    },
    { code: "prefer-close-deprecated", says: "the API server accepts the object with a warning" },
    { code: "prefer-close-deprecated", says: "PreferClose is deprecated, from 1.35 on" },
    { code: "ip-mapped", says: "an IPv4 address is written as IPv6, from 1.36 on" },
    { code: "kubelet-port", says: "a load balancer exposes the kubelet's port, before 1.33" },
  ])("$code: $says", ({ code, says }) => {
    expect(explainTopic(code)).toContain(says);
  });
});

describe("the topic that was most likely meant", () => {
  it.each([
    { topic: "Spec.Type", want: "spec.type" },
    { topic: "spec.nodeport", want: "spec.ports[].nodePort" },
    { topic: "svc.spec.clusterIP", want: "spec.clusterIP" },
    { topic: "duplicate-prot", want: "duplicate-port" },
    { topic: "", want: undefined },
    { topic: "xyzzy", want: undefined },
  ])("$topic: $want", ({ topic, want }) => {
    expect(nearestTopic(topic)).toBe(want);
  });
});
