import { NotFound } from "#components/shell/not-found.tsx";

export const metadata = { title: "Not found" };

/** Next's own page carries an inline style that our content security policy blocks. */
export default function NotFoundPage() {
  return <NotFound />;
}
