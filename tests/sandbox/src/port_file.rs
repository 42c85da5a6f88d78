//! The file that tells other programs the port.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A port file; it goes when the server goes, unless another server has taken it over.
pub struct PortFile {
    path: PathBuf,
    content: String,
}

impl PortFile {
    /// Writes the port so that nobody ever reads half of it.
    pub fn write(path: &Path, port: u16) -> io::Result<Self> {
        let content = port.to_string();
        let mut beside = path.as_os_str().to_owned();
        beside.push(format!(".{}", std::process::id()));
        fs::write(&beside, &content)?;
        fs::rename(&beside, path)?;
        Ok(Self { path: path.to_owned(), content })
    }
}

impl Drop for PortFile {
    fn drop(&mut self) {
        let ours = fs::read_to_string(&self.path).is_ok_and(|content| content == self.content);
        if ours {
            // If it cannot be removed, nothing is lost.
            let _ = fs::remove_file(&self.path);
        }
    }
}
