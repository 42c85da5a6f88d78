//! TCP connections that carry a number and can be reset from within.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::Body,
    extract::connect_info::Connected,
    response::{IntoResponse, Response},
    serve::{IncomingStream, Listener},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

/// What a handler knows of the connection that its request came by, and can do to it.
#[derive(Clone, Debug)]
pub struct Line(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    number: u64,
    peer: SocketAddr,
    stale: AtomicBool,
    doomed: AtomicBool,
}

impl Line {
    fn new(number: u64, peer: SocketAddr) -> Self {
        Self(Arc::new(Shared { number, peer, stale: AtomicBool::new(false), doomed: AtomicBool::new(false) }))
    }

    /// Counted from 1 in the order of arrival.
    pub fn number(&self) -> u64 {
        self.0.number
    }

    /// The client's port.
    pub fn peer_port(&self) -> u16 {
        self.0.peer.port()
    }

    /// Every later request on this connection finds it reset.
    pub fn grow_stale(&self) {
        self.0.stale.store(true, Ordering::Release);
    }

    /// Whether an earlier answer has made it stale.
    pub fn is_stale(&self) -> bool {
        self.0.stale.load(Ordering::Acquire)
    }

    /// Has the connection reset as soon as anything more is read or written.
    pub fn doom(&self) {
        self.0.doomed.store(true, Ordering::Release);
    }

    /// Whether it is being reset.
    pub fn is_doomed(&self) -> bool {
        self.0.doomed.load(Ordering::Acquire)
    }

    /// Resets the connection. What this returns is what makes the server touch it; it is never sent.
    pub fn reset(&self) -> Response {
        self.doom();
        Body::empty().into_response()
    }
}

/// Listens, and numbers what comes in.
pub struct Numbered {
    listener: TcpListener,
    accepted: AtomicU64,
}

impl Numbered {
    /// Numbers the connections of that listener.
    pub fn new(listener: TcpListener) -> Self {
        Self { listener, accepted: AtomicU64::new(0) }
    }
}

impl Listener for Numbered {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            match self.listener.accept().await {
                Ok((stream, peer)) => {
                    // Without it small writes wait for each other; that only costs time.
                    let _ = stream.set_nodelay(true);
                    let number = self.accepted.fetch_add(1, Ordering::Relaxed) + 1;
                    let line = Line::new(number, peer);
                    return (Connection { stream, line }, peer);
                }
                // Too many open files, say: it passes.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, Numbered>> for Line {
    fn connect_info(stream: IncomingStream<'_, Numbered>) -> Self {
        stream.io().line.clone()
    }
}

/// One accepted connection.
pub struct Connection {
    stream: TcpStream,
    line: Line,
}

impl Connection {
    fn alive(&self) -> io::Result<()> {
        if self.line.is_doomed() {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(())
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if self.line.is_doomed() {
            // With no time to linger, closing is a reset. If it cannot be set, it is at least closed.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.alive()?;
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
        self.alive()?;
        Pin::new(&mut self.stream).poll_write(context, buffer)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.alive()?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.alive()?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
