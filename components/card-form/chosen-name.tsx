import { useChoice } from "./use-live-choices.ts";

/** Whom or what a picker's value stands for, with the value itself: nobody knows a person by an id. */
export function ChosenName(props: { connection: string; loaderId: string; value: string }) {
  const { connection, loaderId, value } = props;
  const choice = useChoice({ alias: connection, loaderId }, value, true);
  if (!choice || choice.label === value) return <>{value}</>;
  return (
    <>
      <b>{choice.label}</b> ({choice.detail ? `${choice.detail}, ` : ""}
      {value})
    </>
  );
}
