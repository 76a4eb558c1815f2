# Every step is run, in this order, by test/docker.test.ts.
FROM node:24-slim AS build
WORKDIR /build
# Dependencies first: they change less often than the code.
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.types.json ./
COPY scripts ./scripts
COPY src ./src
RUN npm run build
# The bundle holds all that `serve` and `check` need; the library and its types are for npm.
RUN rm -rf node_modules dist/types dist/index.js

FROM node:24-slim
LABEL org.opencontainers.image.title="fairlead" \
      org.opencontainers.image.description="Admission control for Kubernetes Services" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/dist ./dist
# Nobody in particular, by number, so that `runAsNonRoot` can be checked. Nothing below / needs to be written.
USER 65532:65532
EXPOSE 8443 8080
ENTRYPOINT ["node", "dist/cli.js", "serve"]
