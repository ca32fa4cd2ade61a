//! The tree of calls, of bounded size.

use super::routines::Frame;
use crate::circuit::usage::Usage;
use std::collections::HashMap;

/// The most nodes of a tree, apart from one for each routine under [`Frame::Deeper`].
pub const MOST_NODES: usize = 1 << 16;
/// The most frames of a path.
pub const MOST_DEPTH: usize = 256;

/// A path of calls, and what was used on it.
#[derive(Clone, Copy, Debug)]
pub struct CallNode {
    /// The node of the path without its last frame; `None` for the root.
    pub parent: Option<usize>,
    /// The last frame.
    pub frame: Frame,
    /// The number of frames.
    pub depth: usize,
    /// What was used on exactly this path.
    pub own: Usage,
    is_deeper: bool,
}

/// The paths of calls that a run took. What is used on a path of more than [`MOST_DEPTH`] frames, or on a new one when
/// there are [`MOST_NODES`], is attributed to a path of three frames: main, [`Frame::Deeper`] and the routine.
#[derive(Clone, Debug)]
pub struct CallTree {
    nodes: Vec<CallNode>,
    children: HashMap<(usize, Frame), usize>,
}

impl Default for CallTree {
    fn default() -> Self {
        CallTree {
            nodes: vec![CallNode {
                parent: None,
                frame: Frame::Main,
                depth: 1,
                own: Usage::default(),
                is_deeper: false,
            }],
            children: HashMap::new(),
        }
    }
}

impl CallTree {
    /// The node of the path that consists of main alone.
    pub const ROOT: usize = 0;

    /// The nodes. Each parent comes before its children.
    pub fn nodes(&self) -> &[CallNode] {
        &self.nodes
    }

    /// The frames of a node's path, main first.
    pub fn path(&self, node: usize) -> Vec<Frame> {
        let first = self.nodes.get(node);
        let path = std::iter::successors(first, |node| self.nodes.get(node.parent?));
        let mut path: Vec<Frame> = path.map(|node| node.frame).collect();
        path.reverse();
        path
    }

    /// Whether some paths are not told apart.
    pub fn is_cut(&self) -> bool {
        self.children.contains_key(&(Self::ROOT, Frame::Deeper))
    }

    /// The node of a routine that is entered on the path of a node.
    pub(super) fn enter(&mut self, parent: usize, routine: u32) -> usize {
        let frame = Frame::Routine(routine);
        let (depth, is_deeper) = self
            .nodes
            .get(parent)
            .map_or((0, true), |node| (node.depth, node.is_deeper));
        if let (Some(child), false) = (self.children.get(&(parent, frame)), is_deeper) {
            return *child;
        }
        if is_deeper || depth >= MOST_DEPTH || self.nodes.len() >= MOST_NODES {
            let deeper = self.child(Self::ROOT, Frame::Deeper, true);
            return self.child(deeper, frame, true);
        }
        self.child(parent, frame, false)
    }

    fn child(&mut self, parent: usize, frame: Frame, is_deeper: bool) -> usize {
        let depth = self.nodes.get(parent).map_or(0, |node| node.depth) + 1;
        let (nodes, children) = (&mut self.nodes, &mut self.children);
        *children.entry((parent, frame)).or_insert_with(|| {
            nodes.push(CallNode {
                parent: Some(parent),
                frame,
                depth,
                own: Usage::default(),
                is_deeper,
            });
            nodes.len() - 1
        })
    }

    /// Attributes a usage to a node's path.
    pub(super) fn add(&mut self, node: usize, usage: Usage) {
        if let Some(node) = self.nodes.get_mut(node) {
            node.own += usage;
        }
    }
}
