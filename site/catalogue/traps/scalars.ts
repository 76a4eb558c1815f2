import { mended, service } from "../examples/write.ts";
import type { Trap } from "./trap.ts";

const SPEC = `
  selector:
    app: shop
  ports:
    - port: 80
`;

/** A Service with this metadata beside its name. */
const withMetadata = (metadata: string): string => service(SPEC, `\n  name: shop${metadata.trimEnd()}\n`);

/** A Service with this target port. */
const withTarget = (port: string): string =>
  service(`
    selector:
      app: shop
    ports:
      - port: 80
        targetPort: ${port}
  `);

/** Values without quotes. */
export const SCALARS = {
  norway: {
    title: "NO is false",
    why: "YAML 1.1 takes `yes`, `no`, `on`, `off`, `y` and `n` for booleans, in lower case, in upper case and with a capital. So the code of Norway is none. YAML 1.2 has dropped that, and Kubernetes reads YAML 1.1.",
    rule: "wrong-type",
    at: ["metadata", "labels", "country"],
    ...mended(
      withMetadata(`
  labels:
    country: NO`),
      ["NO", '"NO"'],
    ),
  },
  "on-off": {
    title: "On and off are booleans",
    why: "YAML 1.1 takes `on` for true and `off` for false, as it does `yes` and `no`. The values of labels, annotations and selectors are text: quote them.",
    rule: "wrong-type",
    at: ["metadata", "annotations", "example.com/debug"],
    ...mended(
      withMetadata(`
  annotations:
    example.com/debug: on`),
      [" on\n", ' "on"\n'],
    ),
  },
  "y-key": {
    title: "The key y becomes true",
    why: "Keys are read as values are: `y`, `n`, `on` and the like become booleans, and then text again, as `true` or `false`. The API server accepts the label, and nothing that looks for `y` finds it.",
    rule: "yaml-word",
    at: ["metadata", "labels"],
    ...mended(
      withMetadata(`
  labels:
    x: "4"
    y: "5"`),
      ["    y:", '    "y":'],
    ),
  },
  octal: {
    title: "0120 is 80",
    why: "A number with a leading zero is octal in YAML 1.1, if all its digits are: `0120` is 80, and the Service forwards to a port that nobody wrote. `0180`, which has an 8, is the decimal 180.",
    rule: "yaml-word",
    at: ["spec", "ports", 0, "targetPort"],
    ...mended(withTarget("0120"), ["0120", "120"]),
  },
  "octal-text": {
    title: "A leading zero is lost",
    why: "An id with a leading zero is a number, and an octal one. The zero is lost before anybody can object, so quote everything that is not a number to count with.",
    rule: "wrong-type",
    at: ["metadata", "labels", "cost-centre"],
    ...mended(
      withMetadata(`
  labels:
    cost-centre: 0123`),
      ["0123", '"0123"'],
    ),
  },
  sexagesimal: {
    title: "1:20 is text, and not 80",
    why: "The specification of YAML 1.1 has numbers to the base of 60, and some parsers read `1:20` as 80. The library that Kubernetes reads by does not: here it is text. Quote it, or write the number.",
    rule: "target-port-name",
    at: ["spec", "ports", 0, "targetPort"],
    ...mended(withTarget("1:20"), ["1:20", "80"]),
  },
  "version-number": {
    title: "1.10 is 1.1",
    why: "A version of two parts is a number, and a number has no trailing zeros. That of three parts, `1.10.0`, is text.",
    rule: "wrong-type",
    at: ["metadata", "labels", "version"],
    ...mended(
      withMetadata(`
  labels:
    version: 1.10`),
      ["1.10", '"1.10"'],
    ),
  },
  exponent: {
    title: "12e5 is 1200000",
    why: "Digits with one `e` between them are a number in scientific notation. It happens to one in a few hundred abbreviated commits.",
    rule: "wrong-type",
    at: ["metadata", "labels", "commit"],
    ...mended(
      withMetadata(`
  labels:
    commit: 1234e56`),
      ["1234e56", '"1234e56"'],
    ),
  },
  "large-number": {
    title: "A long number loses its last digits",
    why: "What does not fit a whole number of 64 bits is read as a floating-point number, which keeps some 16 digits.",
    rule: "wrong-type",
    at: ["metadata", "labels", "account"],
    ...mended(
      withMetadata(`
  labels:
    account: 123456789012345678901`),
      ["123456789012345678901", '"123456789012345678901"'],
    ),
  },
  "quoted-number": {
    title: 'port: "80" is text',
    why: "Quotes make a text of a number, and the API server converts nothing. Templates are where this comes from most often: `{{ .Values.port | quote }}`.",
    rule: "wrong-type",
    at: ["spec", "ports", 0, "port"],
    ...mended(
      service(`
        selector:
          app: shop
        ports:
          - port: "80"
      `),
      ['"80"', "80"],
    ),
  },
  "quoted-target-port": {
    title: 'targetPort: "8080" is a name',
    why: "A target port can be a number or the name of a container's port. In quotes it is a name, and one of digits only is not valid.",
    rule: "target-port-name",
    at: ["spec", "ports", 0, "targetPort"],
    ...mended(withTarget('"8080"'), ['"8080"', "8080"]),
  },
  "empty-value": {
    title: "A key without a value is null",
    why: "Nothing after the colon is null, and the API server takes null in a map of strings for an empty text. A template whose value is not set leaves such lines.",
    at: ["metadata", "labels", "tier"],
    ...mended(
      withMetadata(`
  labels:
    tier:`),
      ["tier:", "tier: front"],
    ),
    note: "`fairlead check` finds nothing: an empty label is valid.",
  },
  comment: {
    title: "#shop is a comment",
    why: "A `#` after a space begins a comment, so that nothing is left of the value.",
    at: ["metadata", "annotations", "example.com/channel"],
    ...mended(
      withMetadata(`
  annotations:
    example.com/channel: #shop`),
      ["#shop", '"#shop"'],
    ),
    note: "`fairlead check` finds nothing: an empty annotation is valid.",
  },
  tag: {
    title: "!important is a tag",
    why: "A `!` begins the tag of a value, and here the value behind it is empty.",
    at: ["metadata", "annotations", "example.com/note"],
    ...mended(
      withMetadata(`
  annotations:
    example.com/note: !important`),
      ["!important", '"!important"'],
    ),
    note: "`fairlead check` finds nothing: an empty annotation is valid.",
  },
  asterisk: {
    title: "*.example.com is an alias",
    why: "A `*` begins an alias: the name of a value that was anchored with `&` before.",
    rule: "not-yaml",
    ...mended(
      withMetadata(`
  annotations:
    external-dns.alpha.kubernetes.io/hostname: *.example.com`),
      ["*.example.com", '"*.example.com"'],
    ),
  },
  "reserved-character": {
    title: "A value cannot begin with @",
    why: "YAML has reserved `@` and the backtick for later, and other characters begin something else than text: `%`, `&`, `*`, `!`, `|`, `>`, `[`, `{`.",
    rule: "not-yaml",
    ...mended(
      withMetadata(`
  annotations:
    example.com/owner: @checkout`),
      ["@checkout", '"@checkout"'],
    ),
  },
} as const satisfies Record<string, Trap>;
