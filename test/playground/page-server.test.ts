import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { request, type Server } from "node:http";
import { servePage } from "#src/playground/index.ts";

let server: Server;
let url: string;
let port: number;

beforeAll(async () => {
  const files = new Map([["/", { type: "text/html; charset=utf-8", content: Buffer.from("<p>page</p>") }]]);
  server = await servePage(files, "127.0.0.1", 0);
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
  url = `http://127.0.0.1:${port}`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

it.each([
  { path: "/", method: "GET", status: 200, text: "<p>page</p>" },
  { path: "/?a=1", method: "GET", status: 200, text: "<p>page</p>" },
  { path: "/index.html", method: "GET", status: 200, text: "<p>page</p>" },
  { path: "/", method: "HEAD", status: 200, text: "" },
  { path: "/", method: "POST", status: 405, text: "" },
  { path: "/../package.json", method: "GET", status: 404, text: "there is only one page here: /\n" },
])("$method $path is answered with $status", async ({ path, method, status, text }) => {
  const response = await fetch(url + path, { method });
  expect([response.status, await response.text()]).toEqual([status, text]);
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  if (status === 200) {
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "content-security-policy": "frame-ancestors 'none'",
    });
  }
});

it("says which port is in use, and what to do", async () => {
  await expect(servePage(new Map(), "127.0.0.1", port)).rejects.toThrow(
    `port ${port} of 127.0.0.1 is in use: another program listens there; choose another one with --port, or 0 for any`,
  );
});

it("says which address is none of this machine", async () => {
  await expect(servePage(new Map(), "192.0.2.1", 0)).rejects.toThrow(/192\.0\.2\.1 cannot be listened at: .*--host/);
});

it("answers a request that names the whole URL", async () => {
  const status = await new Promise((resolve) => {
    request({ port, path: `${url}/index.html` }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end();
  });
  expect(status).toBe(200);
});
