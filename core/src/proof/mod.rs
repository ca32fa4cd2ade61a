pub mod tier;
