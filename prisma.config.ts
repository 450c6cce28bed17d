import { defineConfig } from "prisma/config";

/** Used by the Prisma command line only; `npm run prisma` sets DATABASE_URL. `prisma generate` needs none. */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations", seed: "node prisma/seed.ts" },
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
