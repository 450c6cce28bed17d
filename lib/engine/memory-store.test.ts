import { MemoryStepStore } from "./memory-store.ts";
import { stepStoreSuite } from "./step-store-suite.ts";

stepStoreSuite("MemoryStepStore", () => {
  const store = new MemoryStepStore();
  let executions = 0;
  const fences = new Map<string, number>();
  const claim = (id: string) => {
    const fence = (fences.get(id) ?? 0) + 1;
    fences.set(id, fence);
    store.claim(id, fence);
    return fence;
  };
  return {
    store,
    newExecution: async () => {
      const id = `e${++executions}`;
      return { id, fence: claim(id) };
    },
    takeOver: async (id) => claim(id),
    endingOf: async (id) => store.endings.get(id),
  };
});
