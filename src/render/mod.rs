//! Report → the official form as a Word document.
