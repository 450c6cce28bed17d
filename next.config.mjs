/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // No image is served through the optimizer; leaving it off removes its attack surface.
  images: { unoptimized: true },
  serverExternalPackages: ["pg", "graphile-worker", "pino"],
};
