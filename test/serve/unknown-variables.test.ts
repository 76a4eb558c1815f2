import { describe, expect, it } from "@jest/globals";
import { unknownVariables } from "#src/serve/config/unknown-variables.ts";

describe("environment variables that nobody reads", () => {
  it.each([
    { name: "FAIRLEAD_PROT", meant: "FAIRLEAD_PORT" },
    { name: "FAIRLEAD_HEALTHPORT", meant: "FAIRLEAD_HEALTH_PORT" },
    { name: "FAIRLEAD_POLICY", meant: "FAIRLEAD_POLICIES" },
    { name: "FAIRLEAD_KUBERNETES_VERSION", meant: "FAIRLEAD_CLUSTER_VERSION" },
    { name: "FAIRLEAD_TLS_CERT", meant: "FAIRLEAD_TLS_CERTIFICATE" },
  ])("$name: $meant was meant", ({ name, meant }) => {
    expect(unknownVariables({ [name]: "x" })).toEqual([
      `${name} is not a setting, and is ignored; did you mean ${meant}?`,
    ]);
  });

  it.each([
    "FAIRLEAD_PORT",
    "FAIRLEAD_CONFIG",
    "FAIRLEAD_SERVICE_HOST",
    "FAIRLEAD_SERVICE_PORT",
    "FAIRLEAD_SERVICE_PORT_HTTPS",
    "FAIRLEAD_PORT_443_TCP",
    "FAIRLEAD_PORT_443_TCP_ADDR",
    "HOME",
  ])("%s is read, or nobody's mistake", (name) => {
    expect(unknownVariables({ [name]: "x" })).toEqual([]);
  });
});
