import { memoryStorage } from '../../src/server/index.ts'
import { storageContract } from './storage-contract.ts'

storageContract('memory', memoryStorage)
