import type { Card } from "../../../cards/define.ts";
import { changePassword } from "./change-password.ts";
import { expirePassword } from "./expire-password.ts";
import { forgotPassword } from "./forgot-password.ts";
import { recoveryQuestionActions } from "./recovery-question.ts";
import { resetPassword } from "./reset-password.ts";
import { userAccessActions } from "./user-access.ts";

/** The cards about how a user signs in, in the order of the palette. */
export const userSecurityActions: Card[] = [
  resetPassword,
  expirePassword,
  changePassword,
  forgotPassword,
  ...recoveryQuestionActions,
  ...userAccessActions,
];
