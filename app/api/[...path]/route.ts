import { unknownRoute } from "#lib/server/http/unknown-route.ts";

/** Every address below /api that no other file answers: JSON like the rest, not the page for lost visitors. */
export {
  unknownRoute as DELETE,
  unknownRoute as GET,
  unknownRoute as PATCH,
  unknownRoute as POST,
  unknownRoute as PUT,
};
