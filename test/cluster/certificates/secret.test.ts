import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { connect } from "#src/cluster/api/connect.ts";
import { readSecret, writeSecret } from "#src/cluster/certificates/secret.ts";
import { ApiServer } from "../api-server.ts";
import { Refusal } from "../store.ts";

const AT = { namespace: "fairlead", name: "fairlead-tls" };
const SECRETS = "/api/v1/namespaces/fairlead/secrets";
const ISSUED = { ca: "CA\n", pair: { certificate: "LEAF\n", key: "KEY\n" } };

let server: ApiServer;
beforeEach(async () => {
  server = await ApiServer.start();
});
afterEach(() => server.stop());

it("writes what it reads, and leaves what others keep in the Secret", async () => {
  const api = connect(server.kubeconfig);
  server.store.create(SECRETS, { kind: "Secret", metadata: { name: AT.name }, data: { other: "bWluZQ==" } });
  await writeSecret(api, AT, await readSecret(api, AT), ISSUED, "OLD\n");
  expect(await readSecret(api, AT)).toMatchObject({ issued: ISSUED, previous: "OLD\n" });
  expect(server.store.get(SECRETS, AT.name)).toMatchObject({ data: { other: "bWluZQ==" } });
});

it("writes nothing over what somebody else wrote meanwhile", async () => {
  const api = connect(server.kubeconfig);
  server.store.create(SECRETS, { kind: "Secret", metadata: { name: AT.name } });
  const stale = await readSecret(api, AT);
  await writeSecret(api, AT, stale, ISSUED, "");
  await expect(writeSecret(api, AT, stale, { ...ISSUED, ca: "LATE\n" }, "")).rejects.toMatchObject({ status: 409 });
  expect(await readSecret(api, AT)).toMatchObject({ issued: ISSUED });
});

it("says what to do about a Secret that is gone, where none may be made", async () => {
  server.rules.push(({ method }) => (method === "POST" ? new Refusal(403, "Forbidden", "cannot create") : undefined));
  await expect(writeSecret(connect(server.kubeconfig), AT, undefined, ISSUED, "")).rejects.toThrow(
    "the Secret fairlead/fairlead-tls is gone, and an empty one must be made, as `helm upgrade` does: cannot create",
  );
});
