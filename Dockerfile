# One image for every role. Give it DATABASE_URL; without, it runs a PostgreSQL of its own in /data.
FROM node:20-slim AS build
WORKDIR /app
COPY . .
RUN npm ci && npm run build && npm prune --omit=dev

FROM node:20-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8989 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/plugins plugins
COPY --from=build /app/dist dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8989
# Without the role `api` there is no such page, but whoever says so is alive.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "-e", \
  "fetch(`http://127.0.0.1:${process.env.PORT}/healthcheck`).then(({ status }) => process.exit(status < 500 ? 0 : 1), () => process.exit(1))"]
# Not by npm: the signal that stops the container must reach the service.
CMD ["node", "--enable-source-maps", "dist/main.js"]
