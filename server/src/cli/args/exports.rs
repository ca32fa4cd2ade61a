//! Arguments of `export`.

use super::keys_dir::KeysDir;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The format
    #[command(subcommand)]
    pub format: ExportFormat,
}

/// What is exported.
#[derive(Debug, Subcommand)]
pub enum ExportFormat {
    /// Write a tier's constraints in the format of circom and snarkjs, and the names of their families and columns beside it
    R1cs {
        /// The tier, as `provable setup --help` lists them
        tier: String,
        /// Where the constraints go; `-` is standard output. The names go to a file of the same name that ends with .names.json
        #[arg(value_name = "FILE")]
        path: PathBuf,
    },
    /// Write a contract that verifies proofs of a program on Ethereum
    #[command(alias = "solidityverifier")]
    Solidity(SolidityArgs),
    /// Write the calldata with which that contract verifies a proof
    #[command(alias = "soliditycalldata")]
    Calldata(CalldataArgs),
}

/// Arguments of `export solidity`.
#[derive(Debug, Args)]
pub struct SolidityArgs {
    /// The program
    #[arg(value_name = "FILE")]
    pub program: PathBuf,
    /// The verifying key: a file, or a key of the key store by its tier or the first digits of its digest
    #[arg(long, value_name = "KEY")]
    pub key: PathBuf,
    /// Where the contract goes; - for standard output
    #[arg(
        short,
        long,
        alias = "out",
        value_name = "OUT.sol",
        required_unless_present = "compare"
    )]
    pub output: Option<PathBuf>,
    /// Write nothing: say whether this file is the contract, but for the origin of the key
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    pub compare: Option<PathBuf>,
    /// What the contract is called
    #[arg(long, value_name = "NAME", default_value = "ProvableVerifier")]
    pub name: String,
    /// Export a key that was made on this machine: whoever runs this machine can make the contract accept false proofs
    #[arg(long)]
    pub local_key: bool,
    /// How the contract evaluates the program
    #[command(flatten)]
    pub evaluation: EvaluationArgs,
    /// The key store
    #[command(flatten)]
    pub keys: KeysDir,
}

/// Arguments of `export calldata`.
#[derive(Debug, Args)]
pub struct CalldataArgs {
    /// The program that is said to have run
    #[arg(value_name = "FILE")]
    pub program: PathBuf,
    /// The proof, which is verified first  [default: NAME.proof.json beside NAME.prov]
    #[arg(value_name = "PROOF")]
    pub proof: Option<PathBuf>,
    /// The verifying key  [default: the one that the proof names, from the key store]
    #[arg(long, value_name = "VK")]
    pub key: Option<PathBuf>,
    /// Where the calldata goes, in hexadecimal  [default: standard output]
    #[arg(short, long, alias = "out", value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// How the contract evaluates the program
    #[command(flatten)]
    pub evaluation: EvaluationArgs,
    /// The key store
    #[command(flatten)]
    pub keys: KeysDir,
}

/// How a contract evaluates the program.
#[derive(Debug, Args)]
pub struct EvaluationArgs {
    /// How the contract evaluates the program
    #[arg(long, value_name = "HOW", default_value = "auto")]
    pub evaluation: EvaluationChoice,
    /// The trusted setup of EIP-4844, for openings: trusted_setup.json of the consensus specifications
    #[arg(long, value_name = "FILE")]
    pub kzg_setup: Option<PathBuf>,
}

/// The ways in which a contract can evaluate the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EvaluationChoice {
    /// The one that takes less gas for a program of this length
    Auto,
    /// From a table in the contract's code
    Table,
    /// By an opening of a commitment, which EIP-4844's precompile checks
    Opening,
}
