import { memoryBulkStorage } from 'conversation-kit/admin'
import { describe } from 'vitest'
import { storageContract } from './contract.ts'

describe('the memory', () => {
  storageContract(memoryBulkStorage)
})
