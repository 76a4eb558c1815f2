import { and } from "../../in-cel/index.ts";
import { integer, listOf, object } from "../../schema/index.ts";
import { byCel, defineRule, EACH_PORT, portsOf } from "../kit/index.ts";

const number = (description: string) => integer(description, { minimum: 1, maximum: 65_535 });

export const portRanges = defineRule({
  meta: {
    id: "port-ranges",
    title: "Ports are in given ranges",
    fault: "a port is outside the allowed ranges",
    why: "Firewalls, load balancers and people expect Services on a few well-known ports.",
    group: "team",
  },
  parameters: {
    ranges: listOf(
      "the ranges that ports may lie in",
      object("a range", { first: number("the first port of the range"), last: number("the last port of the range") }),
      { minItems: 1 },
    ),
  },
  verify: ({ ranges }) => {
    const wrong = ranges.find(({ first, last }) => first > last);
    return wrong && `has a range whose first port (${wrong.first}) is behind its last (${wrong.last})`;
  },
  messages: { outside: { text: "the port must be in {ranges}, not {found}", fix: "use a port in {ranges}" } },
  check: ({ ranges }) => {
    const rangesText = textOf(ranges);
    return (service) =>
      portsOf(service).flatMap(({ port: { port: found }, path }) =>
        ranges.some(({ first, last }) => found >= first && found <= last)
          ? []
          : [{ says: "outside", path: path.child("port"), found, facts: { ranges: rangesText } }],
      );
  },
  cel: ({ ranges }) => [
    {
      says: "outside",
      each: EACH_PORT,
      where: and(
        ...ranges.map(({ first, last }) =>
          first === last ? `port.port != ${first}` : `(port.port < ${first} || port.port > ${last})`,
        ),
      ),
      path: "spec.ports[{index}].port",
      found: byCel("string(port.port)"),
      facts: { ranges: textOf(ranges) },
    },
  ],
  examples: {
    good: [
      {
        name: "a port in one of the ranges",
        parameters: {
          ranges: [
            { first: 80, last: 80 },
            { first: 8000, last: 8999 },
          ],
        },
      },
    ],
    bad: [
      {
        name: "a port outside all ranges",
        parameters: {
          ranges: [
            { first: 80, last: 80 },
            { first: 8000, last: 8999 },
          ],
        },
        spec: { ports: [{ port: 22 }] },
        finds: ["spec.ports[0].port"],
      },
    ],
  },
});

function textOf(ranges: readonly { readonly first: number; readonly last: number }[]): string {
  return ranges.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(", ");
}
