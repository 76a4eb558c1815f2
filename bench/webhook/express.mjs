/** A typical implementation: Express with its JSON parser, answering a constant. Prints its port. Like bare.mjs no TypeScript. */
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import express from "express";

const [certificate = "", key = ""] = process.argv.slice(2);
const app = express();
app.use(express.json({ limit: "7mb" }));
app.post(["/mutate", "/validate"], (_request, response) => {
  response.json({ apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response: { uid: "", allowed: true } });
});
const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, app);
server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(JSON.stringify({ port: typeof address === "object" ? address?.port : 0 }));
});
