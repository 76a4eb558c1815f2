import { describe, expect, it } from "@jest/globals";
import { NumberText } from "#src/field/json.ts";
import { Path } from "#src/field/path.ts";
import { describe as inWords } from "#src/service/findings/describe.ts";
import type { MessageFacts } from "#src/service/messages/facts.ts";
import { fieldName, oneOf, slug, valueText } from "#src/service/messages/message.ts";
import type { Code } from "#src/service/messages/messages.ts";

const FIELD = Path.root.child("spec").child("field");

interface Row {
  readonly rule: string;
  readonly code: Code;
  readonly found?: unknown;
  readonly facts?: MessageFacts;
  readonly path?: Path;
  readonly fix: string | undefined;
}

const want = (text: string): { facts: MessageFacts } => ({ facts: { want: text } });
const allowed = (...values: string[]): { facts: MessageFacts } => ({ facts: { allowed: values } });

const rows: readonly Row[] = [
  {
    rule: "a value that is near",
    code: "unsupported-value",
    found: "nodeport",
    ...allowed("ClusterIP", "NodePort"),
    fix: "write NodePort",
  },
  {
    rule: "none that is far",
    code: "unsupported-value",
    found: "Ingress",
    ...allowed("ClusterIP", "NodePort"),
    fix: undefined,
  },
  { rule: "none for what is no text", code: "unsupported-value", found: 7, ...allowed("7"), fix: undefined },
  {
    rule: "a field that is near",
    code: "unknown-field",
    path: FIELD.child("nodeport"),
    facts: { known: ["port", "nodePort"] },
    fix: "rename it to nodePort",
  },
  {
    rule: "none that is far",
    code: "unknown-field",
    path: FIELD.child("replicas"),
    facts: { known: ["port", "nodePort"] },
    fix: undefined,
  },
  { rule: "quotes around a number", code: "wrong-type", found: 1, ...want("string"), fix: 'quote it: "1"' },
  { rule: "quotes around a boolean", code: "wrong-type", found: true, ...want("string"), fix: 'quote it: "true"' },
  { rule: "none around an object", code: "wrong-type", found: {}, ...want("string"), fix: undefined },
  {
    rule: "no quotes around a whole number",
    code: "wrong-type",
    found: "80",
    ...want("whole number"),
    fix: "leave the quotes out: 80",
  },
  { rule: "nothing for another text", code: "wrong-type", found: "80a", ...want("whole number"), fix: undefined },
  { rule: "nor for another number", code: "wrong-type", found: "a80", ...want("whole number"), fix: undefined },
  { rule: "nor for a list with one", code: "wrong-type", found: ["80"], ...want("whole number"), fix: undefined },
  {
    rule: "nor where a text would do",
    code: "wrong-type",
    found: true,
    ...want("whole number or string"),
    fix: undefined,
  },
  {
    rule: "no quotes around true",
    code: "wrong-type",
    found: "true",
    ...want("boolean"),
    fix: "leave the quotes out: true",
  },
  {
    rule: "no quotes around false",
    code: "wrong-type",
    found: "false",
    ...want("boolean"),
    fix: "leave the quotes out: false",
  },
  { rule: "nothing for another text", code: "wrong-type", found: "yes", ...want("boolean"), fix: undefined },
  { rule: "nothing for true where a list belongs", code: "wrong-type", found: "true", ...want("list"), fix: undefined },
  { rule: "a name made of the wrong one", code: "name-format", found: "My Web!", fix: "name it my-web" },
  { rule: "one that starts with a letter", code: "name-format", found: "0_Web", fix: "name it web" },
  { rule: "none where nothing is left", code: "name-format", found: "__", fix: undefined },
  { rule: "none where only digits are left", code: "name-format", found: "80_", fix: undefined },
  { rule: "a port's name made of the wrong one", code: "port-name-format", found: "HTTP_Alt", fix: "name it http-alt" },
  { rule: "none where nothing is left", code: "port-name-format", found: "_", fix: undefined },
  {
    rule: "a container port's number without quotes",
    code: "target-port-name",
    found: "8080",
    fix: "leave the quotes out: 8080",
  },
  { rule: "its name in lower case", code: "target-port-name", found: "HTTP", fix: "use lower case: http" },
  { rule: "never cut", code: "target-port-name", found: "HTTP-ALTERNATIVE-2", fix: "rename the container's port too" },
  { rule: "none for a name in lower case", code: "target-port-name", found: "my_port", fix: undefined },
  { rule: "none for another alphabet", code: "name-format", found: "w\u0435b", fix: undefined },
  { rule: "None in its own case", code: "cluster-ips-alone", facts: { other: "none" }, fix: "add clusterIP: None" },
  { rule: "none for a placeholder", code: "target-port-name", found: "${PORT}", fix: undefined },
  {
    rule: "None in its own case",
    code: "ip-format",
    found: "none",
    path: Path.root.child("spec").child("clusterIP"),
    fix: "write None",
  },
  { rule: "a port left out", code: "external-name-format", found: "db.example.com:5432", fix: "leave :5432 out" },
  {
    rule: "a scheme left out",
    code: "external-name-format",
    found: "https://db.example.com",
    fix: "leave https:// out",
  },
  {
    rule: "ranges one by one",
    code: "cidr-format",
    found: "10.0.0.0/8, 192.0.2.0/24",
    fix: "write each range as its own list item",
  },
  { rule: "none without a letter", code: "target-port-name", found: "80_80", fix: undefined },
  { rule: "none of a text with a number in it", code: "target-port-name", found: "_", fix: undefined },
  {
    rule: "an external name in lower case",
    code: "external-name-format",
    found: "DB.Example.com.",
    fix: "use lower case: db.example.com.",
  },
  { rule: "none for what is wrong otherwise", code: "external-name-format", found: "db_1.Example.com", fix: undefined },
  {
    rule: "none for what is wrong at the start",
    code: "external-name-format",
    found: "-DB.example.com",
    fix: undefined,
  },
  { rule: "none for what is wrong at the end", code: "external-name-format", found: "DB.example.com-", fix: undefined },
  { rule: "none for lower case", code: "external-name-format", found: "a..b", fix: undefined },
  { rule: "none for no text", code: "external-name-format", found: 7, fix: undefined },
  { rule: "one letter, too", code: "external-name-format", found: "A", fix: "use lower case: a" },
  { rule: "an address in its own form", code: "ip-leading-zeros", found: "010.0.0.1", fix: "write 10.0.0.1" },
  { rule: "with the blanks left out", code: "ip-mapped", found: " ::ffff:10.0.0.1 ", fix: "write 10.0.0.1" },
  { rule: "a range in its own form", code: "cidr-mapped", found: " ::ffff:10.0.0.0/104", fix: "write 10.0.0.0/8" },
  { rule: "none where it is that already", code: "cidr-leading-zeros", found: "10.0.0.0/8", fix: undefined },
  { rule: "none for another text", code: "ip-leading-zeros", found: "web", fix: undefined },
  { rule: "none for no text", code: "ip-leading-zeros", found: 7, fix: undefined },
  {
    rule: "a range for one IPv4 address",
    code: "cidr-format",
    found: "203.0.113.7",
    fix: "for this one address write 203.0.113.7/32",
  },
  {
    rule: "a range for one IPv6 address",
    code: "cidr-format",
    found: "2001:DB8::7",
    fix: "for this one address write 2001:db8::7/128",
  },
  { rule: "none for what is no address", code: "cidr-format", found: "203.0.113.7/33", fix: undefined },
  { rule: "none for a range", code: "cidr-format", found: "203.0.113.0/24", fix: undefined },
];

describe("the fix is offered where it is plain", () => {
  it.each(rows.map((row) => ({ ...row, title: `${row.code}: ${row.rule} (${JSON.stringify(row.found ?? null)})` })))(
    "$title",
    ({ code, found, facts, path = FIELD, fix }) => {
      expect(
        inWords({ code, path, ...(found === undefined ? {} : { found }), ...(facts === undefined ? {} : { facts }) })
          .fix,
      ).toBe(fix);
    },
  );
});

describe("where a sentence depends on the value", () => {
  it.each<Omit<Row, "fix" | "rule"> & { rule: string; message: string }>([
    {
      rule: "the whole document",
      code: "wrong-type",
      path: Path.root,
      found: "web",
      ...want("object"),
      message: 'the document must be an object, and this is a string: "web"',
    },
    {
      rule: "an object where a list belongs",
      code: "wrong-type",
      found: {},
      ...want("list"),
      message: "field must be a list, and this is an object: {}",
    },
    {
      rule: "a field on top",
      code: "unknown-field",
      path: Path.root.child("extra"),
      message: '"extra" is not a field of a Service: the API server does not know it',
    },
    {
      rule: "a field that is near another",
      code: "unknown-field",
      path: FIELD.child("nodeport"),
      facts: { known: ["nodePort"] },
      message: '"nodeport" is not a field of spec.field: did you mean nodePort?',
    },
    {
      rule: "a policy that is said",
      code: "single-stack-with-two",
      found: "SingleStack",
      facts: { other: "spec.clusterIPs" },
      message: "ipFamilyPolicy is SingleStack, but spec.clusterIPs has two",
    },
    {
      rule: "one that is not",
      code: "single-stack-with-two",
      facts: { other: "spec.clusterIPs" },
      message: "ipFamilyPolicy is SingleStack by default, but spec.clusterIPs has two",
    },
  ])("$rule", ({ code, path = FIELD, found, facts, message }) => {
    expect(inWords({ code, path, found, ...(facts === undefined ? {} : { facts }) }).message).toBe(message);
  });
});

describe("the parts of a sentence", () => {
  it.each([
    { name: "a text", value: "web", text: '"web"' },
    { name: "a list", value: ["a", 1], text: '["a",1]' },
    { name: "nothing", value: undefined, text: "nothing" },
    { name: "a number as it was written", value: new NumberText("8e1"), text: "8e1" },
    { name: "80 characters in full", value: "x".repeat(78), text: `"${"x".repeat(78)}"` },
    { name: "more than that cut", value: "x".repeat(79), text: `"${"x".repeat(79)}...` },
  ])("a value: $name", ({ value, text }) => {
    expect(valueText(value)).toBe(text);
  });

  it.each([
    { values: undefined, text: "" },
    { values: [], text: "" },
    { values: ["a"], text: "a" },
    { values: ["a", "b"], text: "a or b" },
    { values: ["a", "b", "c"], text: "a, b or c" },
  ])("a choice of $values", ({ values, text }) => {
    expect(oneOf(values)).toBe(text);
  });

  it.each([
    { found: "My  Web__1", max: 63, name: "my-web-1" },
    { found: "--Web--", max: 63, name: "web" },
    { found: "Web Front", max: 4, name: undefined },
    { found: "web", max: 63, name: undefined },
    { found: "---", max: 63, name: undefined },
    { found: 7, max: 63, name: undefined },
  ])("a name made of $found", ({ found, max, name }) => {
    expect(slug(found, max)).toBe(name);
  });

  it.each([
    { path: Path.root.child("spec").child("ports").index(0).child("port"), name: "port" },
    { path: Path.root.child("spec").child("ports").index(0), name: "ports" },
    { path: Path.root.child("metadata").child("labels").key("a"), name: "labels" },
    { path: Path.root, name: "" },
  ])("the field of $path: $name", ({ path, name }) => {
    expect(fieldName(path)).toBe(name);
  });
});
