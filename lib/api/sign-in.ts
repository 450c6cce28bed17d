import { z } from "zod";
import { okSchema } from "./common.ts";
import { endpoint } from "./endpoint.ts";

const tag = "Accounts";

/** Sets the session cookie. 401 when email and password don't belong together, 429 after too many tries. */
export const signIn = endpoint({
  method: "POST",
  path: "/api/auth/sign-in/email",
  summary: "Sign in with email and password",
  tag,
  permission: "public",
  body: z.object({
    email: z.string().trim().min(1, "Your email address is needed.").max(200),
    password: z
      .string()
      .min(1, "Your password is needed.")
      .max(128, "A password has at most 128 characters."),
  }),
  answer: okSchema,
});

/** Ends the session and clears its cookie. Succeeds without a session too. */
export const signOut = endpoint({
  method: "POST",
  path: "/api/auth/sign-out",
  summary: "Sign out",
  tag,
  permission: "public",
  answer: okSchema,
});
