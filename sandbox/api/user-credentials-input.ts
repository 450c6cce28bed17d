import { type Json, objectField, requiredText, textField } from "../http/fields.ts";
import { invalid, notSimulated } from "../http/problem.ts";
import { digest, passwordProblem } from "../org/passwords.ts";
import type { UserRecord } from "../org/users.ts";

/** The credentials part of a create or update request, checked. */
export interface CredentialsInput {
  /** Digest of the new password; absent when none is set. */
  password?: string;
  recovery?: NonNullable<UserRecord["recovery"]>;
  provider?: UserRecord["provider"];
}

const PROVIDERS = ["OKTA", "ACTIVE_DIRECTORY", "LDAP", "FEDERATION", "SOCIAL", "IMPORT"];

/** Reads `credentials`. Throws 400 E0000001 for what Okta's policy or shape rules refuse. */
export function readCredentials(body: Json, login: string): CredentialsInput {
  const credentials = objectField(body, "credentials");
  if (!credentials) return {};
  const password = readPassword(credentials, login);
  const recovery = readRecovery(credentials);
  const provider = readProvider(credentials);
  return {
    ...(password ? { password } : {}),
    ...(recovery ? { recovery } : {}),
    ...(provider ? { provider } : {}),
  };
}

function readPassword(credentials: Json, login: string): string | null {
  const password = objectField(credentials, "password");
  if (!password) return null;
  if (password.hook !== undefined && password.hook !== null)
    throw notSimulated("password import inline hooks");
  const hash = objectField(password, "hash");
  if (hash) return digest(`hash:${requiredText(hash, "value", "password.hash.value")}`);
  const value = textField(password, "value");
  // An empty password object means "no password": recorded clients send {"password":{}} and get PROVISIONED.
  if (value === undefined) return null;
  const cause = passwordProblem(value, login);
  if (cause) throw invalid("password", `password: ${cause}`);
  return digest(value);
}

function readRecovery(credentials: Json): CredentialsInput["recovery"] | null {
  const recovery = objectField(credentials, "recovery_question");
  if (!recovery) return null;
  return readQuestion(recovery);
}

/** Reads a question with its answer. */
export function readQuestion(recovery: Json): NonNullable<UserRecord["recovery"]> {
  const question = requiredText(recovery, "question", "recovery_question.question");
  const answer = requiredText(recovery, "answer", "recovery_question.answer");
  if (answer.length < 4) {
    throw invalid("recovery_question", "answer: The security question answer must be at least 4 characters");
  }
  return { question, answer: digest(answer) };
}

function readProvider(credentials: Json): CredentialsInput["provider"] | null {
  const provider = objectField(credentials, "provider");
  if (!provider) return null;
  const type = requiredText(provider, "type", "provider.type");
  if (!PROVIDERS.includes(type)) {
    throw invalid("provider", `provider.type: must be one of ${PROVIDERS.join(", ")}`);
  }
  return { type, name: textField(provider, "name") ?? type };
}
