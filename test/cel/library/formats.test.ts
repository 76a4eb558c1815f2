import { describe, expect, it } from "@jest/globals";
import { evaluate, evaluateWithCost } from "./evaluate.ts";

const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const OLD_LABEL =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const NAME =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

describe("named formats", () => {
  it.each([
    ["dns1123Label", "my-label-name"],
    ["dns1123Subdomain", "apiextensions.k8s.io"],
    ["dns1035Label", "my-label"],
    ["qualifiedName", "apiextensions.k8s.io/v1beta1"],
    ["dns1123LabelPrefix", "my-label-prefix-"],
    ["dns1123SubdomainPrefix", "mysubdomain.prefix.-"],
    ["dns1035LabelPrefix", "my-label-prefix-"],
    ["labelValue", ""],
    ["labelValue", "my-cool-label-Value"],
    ["uri", "http://example.com"],
    ["uuid", "123e4567-e89b-12d3-a456-426614174000"],
    ["byte", "aGVsbG8="],
    ["date", "2024-02-29"],
    ["datetime", "2021-01-01T00:00:00.5Z"],
  ])("%s takes %j", (name, text) => {
    expect(evaluate(`format.${name}().validate(${JSON.stringify(text)}).hasValue()`)).toBe(false);
  });

  it.each([
    ["dns1123Label", "a b", [LABEL]],
    ["dns1123Label", "a.b", ["must not contain dots"]],
    ["dns1123Label", "a".repeat(64), ["must be no more than 63 characters"]],
    ["dns1123Subdomain", "A", [SUBDOMAIN]],
    ["dns1035Label", "1a", [OLD_LABEL]],
    ["qualifiedName", "a b", [NAME]],
    ["qualifiedName", "/", ["prefix part must be non-empty", "name part must be non-empty", NAME]],
    ["qualifiedName", "A/b", [`prefix part ${SUBDOMAIN}`]],
    ["qualifiedName", `a/${"b".repeat(64)}`, ["name part must be no more than 63 bytes"]],
    ["labelValue", "x!", [VALUE]],
    ["uri", "x", ['parse "x": invalid URI for request']],
    ["uuid", "123", ["does not match the UUID format"]],
    ["byte", "aGVsbG8", ["invalid base64"]],
    ["date", "2023-02-29", ["invalid date"]],
    ["datetime", "2020-01-01T24:00:00Z", ["invalid datetime"]],
  ])("%s refuses %j", (name, text, want) => {
    expect(evaluate(`format.${name}().validate(${JSON.stringify(text)}).value()`)).toEqual(want);
  });

  it("are found by name", () => {
    expect(evaluate("format.named('unknown').hasValue()")).toBe(false);
    expect(evaluate("format.named('dns1123Label').value() == format.dns1123Label()")).toBe(true);
  });

  it("cost as much as a search for a pattern", () => {
    expect(evaluateWithCost("format.dns1123Label().validate('my-label-name')").cost).toBe(17);
    expect(evaluateWithCost("format.date().validate('2020-01-32')").cost).toBe(37);
  });
});
