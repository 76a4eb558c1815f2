# Every step is run, in this order, by test/docker.test.ts. The Node is the one that everything is tested on; the digest is
# of the index of all architectures. What is built is the same for each of them.
FROM --platform=$BUILDPLATFORM node:24.21.0-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6 AS build
WORKDIR /build
# Dependencies first: they change less often than the code.
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY scripts ./scripts
COPY src ./src
COPY policies ./policies
COPY playground ./playground
COPY site/catalogue ./site/catalogue
RUN npm run build
# V8 takes compiled code only with the compilers that it was made with: the flag is the entry point's. An image for another
# architecture than this machine's compiles its code itself: nothing runs there while it is built.
RUN node --no-maglev scripts/fill-compiled.ts
# `serve` and `check` need the bundle and the ready-made policies; the library is for npm, the playground for people.
RUN rm -rf node_modules dist/index.js dist/playground policies/*.test.yaml policies/*/*/*.test.yaml

FROM node:24.21.0-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6
LABEL org.opencontainers.image.title="fairlead" \
      org.opencontainers.image.description="Admission control for Kubernetes Services" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production
WORKDIR /app
COPY LICENSE ./
COPY --from=build /build/package.json ./
COPY --from=build /build/policies ./policies
COPY --from=build /build/dist ./dist
# Nobody in particular, by number, so that `runAsNonRoot` can be checked. Nothing below / needs to be written.
USER 65532:65532
EXPOSE 8443 8080
# The heap follows the container's limit: what it leaves is for connections, bodies, and the process that judges large reviews.
# The middle one of V8's compilers takes 20 MiB for code that the last one soon compiles again.
# No signal opens a debugger, at no moment; the command itself can only say so once it runs.
ENTRYPOINT ["node", "--disable-sigusr1", "--max-old-space-size-percentage=30", "--max-semi-space-size=8", "--no-maglev", "dist/cli.js", "serve"]
