import type { Case } from "./cases.ts";

interface Outside {
  /** Why expressions of admission policies cannot say it. */
  readonly reason: string;
  readonly applies: (subject: Case) => boolean;
}

function inSuite(...suites: readonly string[]): Outside["applies"] {
  return ({ path }) => suites.some((suite) => path.startsWith(`${suite}/`));
}

function mentions(pattern: RegExp): Outside["applies"] {
  return ({ test }) => pattern.test(JSON.stringify(test));
}

/** What the API server's environment for admission policies does not have. The first row that applies counts. */
export const OUTSIDE: readonly Outside[] = [
  { reason: "no messages of protocol buffers", applies: inSuite("proto2", "proto2_ext", "proto3") },
  { reason: "no enumerations", applies: inSuite("enums") },
  { reason: "no wrapper types", applies: inSuite("wrappers") },
  { reason: "no library of bindings", applies: inSuite("bindings_ext", "block_ext") },
  { reason: "no library of encoders", applies: inSuite("encoders_ext") },
  { reason: "no library of mathematics", applies: inSuite("math_ext") },
  { reason: "no messages of protocol buffers", applies: mentions(/TestAllTypes|TestAny/) },
  {
    reason: "no well-known types but durations and timestamps",
    applies: mentions(/google\.protobuf\.(?!Duration|Timestamp)/),
  },
  { reason: "no container", applies: ({ test }) => test["container"] !== undefined },
  { reason: "names with backticks are not enabled", applies: inSuite("fields/quoted_map_fields") },
  { reason: "tells the type only, which other tests look at", applies: ({ test }) => test["checkOnly"] === true },
];

/** Why a test is outside of the environment; undefined if it is not. */
export function whyOutside(subject: Case): string | undefined {
  return OUTSIDE.find(({ applies }) => applies(subject))?.reason;
}
