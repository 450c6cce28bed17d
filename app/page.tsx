import { redirect } from "next/navigation";

/** The console begins with its flows. */
export default function HomePage() {
  redirect("/flows");
}
