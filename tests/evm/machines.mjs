// Two implementations of the EVM behind one interface: `@ethereumjs/evm`, whose curve is in JavaScript, and Hardhat's EDR, which is revm with
// curves in C and Rust.
//
// A machine has `deploy(code)`, which gives `{ address, gas, size }`, and `call(address, data)`, which gives `{ answer, gas }`: the
// returned bytes in hexadecimal, or null if the call reverted, and the gas of a whole transaction. `execution` is the part
// of it that the contract takes.

import { Common, Hardfork, Mainnet } from '@ethereumjs/common';
import { createEVM } from '@ethereumjs/evm';
import { bytesToHex, createAccount, createAddressFromString, hexToBytes } from '@ethereumjs/util';
import * as edr from '@nomicfoundation/edr';
import { KZG } from 'micro-eth-signer/kzg.js';

const CALLER = `0x${'11'.repeat(20)}`;
const GAS = 16_000_000n;

/** Gas of the calldata and the 21,000 of a transaction (EIP-2028, EIP-7623). */
export function transactionGas(data, execution) {
  const bytes = Buffer.from(data, 'hex');
  const zeros = bytes.filter((byte) => byte === 0).length;
  const tokens = zeros + 4 * (bytes.length - zeros);
  return 21_000 + Math.max(4 * tokens + execution, 10 * tokens);
}

const FORKS = { cancun: Hardfork.Cancun, prague: Hardfork.Prague, osaka: Hardfork.Osaka, shanghai: Hardfork.Shanghai };

/** The machine in JavaScript, after an upgrade of Ethereum. */
export async function javascript(setup, fork = 'prague') {
  const kzg = new KZG(setup);
  const customCrypto = { kzg: { verifyProof: (...parts) => kzg.verifyProof(...parts) } };
  const common = new Common({ chain: Mainnet, hardfork: FORKS[fork], customCrypto });
  const evm = await createEVM({ common });
  const caller = createAddressFromString(CALLER);
  await evm.stateManager.putAccount(caller, createAccount({ balance: 10n ** 24n }));
  const run = (options) => evm.runCall({ caller, gasLimit: GAS, ...options });
  return {
    name: `@ethereumjs/evm (${fork})`,
    async deploy(code) {
      const { createdAddress, execResult } = await run({ data: hexToBytes(`0x${code}`) });
      if (execResult.exceptionError) throw new Error(`not deployed: ${execResult.exceptionError.error}`);
      return { address: createdAddress };
    },
    async call(to, data) {
      const { execResult } = await run({ to, data: hexToBytes(`0x${data}`) });
      const answer = execResult.exceptionError ? null : bytesToHex(execResult.returnValue).slice(2);
      const execution = Number(execResult.executionGasUsed);
      const reason = bytesToHex(execResult.returnValue).slice(2);
      return { answer, execution, gas: transactionGas(data, execution), reason };
    },
  };
}

let context;

/** Hardhat's machine, after an upgrade of Ethereum. */
export async function hardhat(fork = 'prague') {
  if (!context) {
    context = new edr.EdrContext();
    await context.registerProviderFactory(edr.L1_CHAIN_TYPE, edr.l1ProviderFactory());
  }
  const hardfork = { cancun: edr.L1Hardfork.Cancun, prague: edr.L1Hardfork.Prague, osaka: edr.L1Hardfork.Osaka, shanghai: edr.L1Hardfork.Shanghai }[fork];
  const key = `0x${'22'.repeat(32)}`;
  const from = '0x1563915e194d8cfba1943570603f7606a3115508';
  const state = new Map(edr.l1GenesisState(hardfork).map((account) => [Buffer.from(account.address).toString('hex'), account]));
  state.set(from.slice(2), { address: Buffer.from(from.slice(2), 'hex'), balance: 10n ** 24n });
  const provider = await context.createProvider(
    edr.L1_CHAIN_TYPE,
    {
      allowBlocksWithSameTimestamp: true,
      allowUnlimitedContractSize: false,
      bailOnCallFailure: true,
      bailOnTransactionFailure: false,
      chainId: 31337n,
      coinbase: Buffer.alloc(20),
      defaultTransactionGasLimit: GAS,
      genesisState: [...state.values()],
      hardfork: edr.l1HardforkToString(hardfork),
      initialBaseFeePerGas: 1n,
      initialParentBeaconBlockRoot: Buffer.alloc(32),
      minGasPrice: 0n,
      mining: { autoMine: true, blockGasLimit: 60_000_000n, memPool: { order: edr.MineOrdering.Priority } },
      network: { genesisBlockGasLimit: 60_000_000n, genesisBlobGas: { gasUsed: 0n, excessGas: 0n } },
      networkId: 31337n,
      observability: {},
      ownedAccounts: [key],
      precompileOverrides: [],
    },
    { enable: false, decodeConsoleLogInputsCallback: () => [], printLineCallback: () => {} },
    { subscriptionCallback: () => {} },
    new edr.ContractDecoder(),
  );
  const request = async (method, params) => {
    const response = await provider.handleRequest(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
    const { result, error } = typeof response.data === 'string' ? JSON.parse(response.data) : response.data;
    if (error) throw Object.assign(new Error(error.message), { data: error.data });
    return result;
  };
  const accounts = await request('eth_accounts', []);
  const send = async (transaction) => {
    const hash = await request('eth_sendTransaction', [{ from: accounts[0], gas: `0x${GAS.toString(16)}`, ...transaction }]);
    return request('eth_getTransactionReceipt', [hash]);
  };
  return {
    name: `EDR (${fork})`,
    async deploy(code) {
      const { contractAddress, gasUsed, status } = await send({ data: `0x${code}` });
      if (status !== '0x1') throw new Error('not deployed');
      const deployed = await request('eth_getCode', [contractAddress, 'latest']);
      return { address: contractAddress, gas: Number(gasUsed), size: deployed.length / 2 - 1 };
    },
    async call(to, data) {
      const call = { from: accounts[0], to, data: `0x${data}`, gas: `0x${GAS.toString(16)}` };
      try {
        return { answer: (await request('eth_call', [call, 'latest'])).slice(2) };
      } catch (error) {
        if (!/revert|out of gas|precompile|exception|invalid|halt/i.test(error.message)) throw error;
        return { answer: null, reason: error.message };
      }
    },
    /** The gas of the whole transaction that makes this call. */
    async gas(to, data) {
      const receipt = await send({ to, data: `0x${data}` });
      return { gas: Number(receipt.gasUsed), ok: receipt.status === '0x1' };
    },
  };
}
