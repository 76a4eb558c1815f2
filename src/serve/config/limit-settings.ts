import type { Setting } from "./setting.ts";

export const LIMIT_SETTINGS: readonly Setting[] = [
  {
    path: ["limits", "connections"],
    flag: "max-connections",
    value: "NUMBER",
    help: "open connections per port; beyond that, the longest idle one of the address with the most connections is closed",
    schema: { type: "integer", minimum: 16, maximum: 100_000 },
    default: 512,
    chart: {
      key: ["limits", "connections"],
      description:
        "How many connections a replica keeps open on each port; beyond it the one that is idle longest ends.",
    },
  },
  {
    path: ["limits", "handshakes"],
    flag: "max-handshakes",
    value: "NUMBER",
    help: "connections with an unfinished TLS handshake",
    schema: { type: "integer", minimum: 8, maximum: 100_000 },
    // An API server asks for 200 writes at a time, and may need a connection for each.
    default: 256,
  },
  {
    path: ["limits", "handshakeSeconds"],
    flag: "handshake-timeout",
    value: "SECONDS",
    help: "how long a TLS handshake may take",
    schema: { type: "number", minimum: 0.1, maximum: 60 },
    default: 5,
  },
  {
    path: ["limits", "headSeconds"],
    flag: "head-timeout",
    value: "SECONDS",
    help: "how long the head of a request may take",
    schema: { type: "number", minimum: 0.1, maximum: 60 },
    default: 10,
  },
  {
    path: ["limits", "replySeconds"],
    flag: "reply-timeout",
    value: "SECONDS",
    help: "how long a client may take to read an answer",
    schema: { type: "number", minimum: 0.1, maximum: 60 },
    default: 5,
  },
  {
    path: ["limits", "bodies"],
    flag: "max-bodies",
    value: "MIB",
    help: "total size of the bodies that are read and judged at a time, in MiB",
    schema: { type: "integer", minimum: 14, maximum: 4096 },
    default: 28,
    chart: {
      key: ["limits", "bodies"],
      description: "How many MiB of bodies it reads and judges at a time.",
    },
  },
  {
    path: ["limits", "judgeMemory"],
    flag: "judge-memory",
    value: "MIB",
    help: "heap of the worker process that judges large reviews, in MiB; 0: as much as fits the container",
    schema: { type: "integer", minimum: 0, maximum: 65_536 },
    default: 0,
  },
];
