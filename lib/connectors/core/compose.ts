import { defineFunction } from "../../cards/define.ts";
import { field } from "../../cards/field.ts";

export const compose = defineFunction({
  id: "core.compose",
  version: 1,
  title: "Compose",
  summary: "Makes one text out of typed words and values of earlier cards.",
  category: "Text",
  keywords: ["concatenate", "join text", "template", "string", "message"],
  inputs: {
    text: field.text({
      label: "Text",
      multiline: true,
      placeholder: "Welcome to the team, …",
      emptyMeans: "Empty text",
    }),
  },
  outputs: { output: field.text({ label: "Output" }) },
  sample: { inputs: { text: "Welcome, Ann Lee!" }, outputs: { output: "Welcome, Ann Lee!" } },
  run: ({ inputs }) => ({ output: inputs.text ?? "" }),
});
