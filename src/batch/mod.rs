//! Many files: walk, order, write.
