/** Hands a JSON file to the browser's downloads. */
export function downloadJson(content: unknown, name: string): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: "application/json" }));
  const link = globalThis.document.createElement("a");
  link.href = url;
  link.download = `${name.replace(/[^\p{L}\p{N}._ -]+/gu, "-").trim() || "flow"}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
