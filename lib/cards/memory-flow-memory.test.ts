import { flowMemorySuite } from "./flow-memory-suite.ts";
import { MemoryFlowMemory } from "./memory-flow-memory.ts";

flowMemorySuite(async () => new MemoryFlowMemory());
