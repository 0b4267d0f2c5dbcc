use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// A log file, plain or compressed with gzip or zstd. Offsets and lengths are those of the decompressed bytes.
#[derive(Debug)]
pub(crate) struct Log {
    file: File,
    path: PathBuf,
    packing: Packing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    Plain,
    Gzip,
    Zstd,
}

/// The identity of a file, which survives renaming; zeros if the operating system does not report it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Inode {
    pub(crate) device: u64,
    pub(crate) number: u64,
}

impl Log {
    const BUFFER: usize = 256 * 1024;
    /// The number of bytes that are searched for a zero byte.
    pub(crate) const HEAD: usize = 8 * 1024;

    /// Opens a file and detects its compression.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let mut start = Vec::new();
        Read::by_ref(&mut file).take(4).read_to_end(&mut start)?;
        let packing = match start[..] {
            [0x1f, 0x8b, ..] => Packing::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd] => Packing::Zstd,
            _ => Packing::Plain,
        };
        Ok(Self { file, path: path.to_owned(), packing })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns whether the file is compressed.
    pub(crate) fn is_packed(&self) -> bool {
        self.packing != Packing::Plain
    }

    /// Returns the length of the file on disk.
    pub(crate) fn length(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    /// Returns whether the log is text: there is no zero byte among its first bytes.
    pub(crate) fn is_text(&self) -> io::Result<bool> {
        Ok(!self.range(0, Self::HEAD)?.contains(&0))
    }

    /// Reads bytes starting at an offset; fewer than `length` if the log ends earlier.
    pub(crate) fn range(&self, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.reader(offset)?.take(length as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Reads from an offset on. A compressed log is decompressed from its start. After the end of the log, nothing is read.
    pub(crate) fn reader(&self, offset: u64) -> io::Result<Box<dyn BufRead + '_>> {
        let mut file = &self.file;
        let start = if self.packing == Packing::Plain { offset } else { 0 };
        file.seek(SeekFrom::Start(start))?;
        let unpacked: Box<dyn BufRead> = match self.packing {
            Packing::Plain => return Ok(Box::new(BufReader::with_capacity(Self::BUFFER, file))),
            // A log may have been appended to after it was compressed.
            Packing::Gzip => buffered(flate2::bufread::MultiGzDecoder::new(BufReader::new(file))),
            Packing::Zstd => buffered(zstd::stream::read::Decoder::new(file)?),
        };
        skip(unpacked, offset)
    }

    /// Returns the identity of the file.
    #[cfg(unix)]
    pub(crate) fn inode(&self) -> io::Result<Inode> {
        use std::os::unix::fs::MetadataExt;
        let metadata = self.file.metadata()?;
        Ok(Inode { device: metadata.dev(), number: metadata.ino() })
    }

    /// Returns the identity of the file.
    #[cfg(not(unix))]
    pub(crate) fn inode(&self) -> io::Result<Inode> {
        Ok(Inode { device: 0, number: 0 })
    }
}

fn buffered<'a>(input: impl Read + 'a) -> Box<dyn BufRead + 'a> {
    Box::new(BufReader::with_capacity(Log::BUFFER, input))
}

fn skip(mut input: Box<dyn BufRead + '_>, length: u64) -> io::Result<Box<dyn BufRead + '_>> {
    io::copy(&mut Read::by_ref(&mut input).take(length), &mut io::sink())?;
    Ok(input)
}
