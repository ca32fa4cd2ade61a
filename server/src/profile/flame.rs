//! The tree of calls with names, for the forms that show it.

use super::numbering::Numbering;
use super::report::{DATA, NOT_EXECUTED};
use provable::circuit::Usage;
use provable::circuit::profile::Profile;

/// The tree of calls with names. What no call used stands beside main.
pub struct FlameTree {
    /// The nodes. Each parent comes before its children.
    pub nodes: Vec<FlameNode>,
}

/// A path of calls.
pub struct FlameNode {
    /// The path without its last frame.
    pub parent: Option<usize>,
    /// The name of the last frame.
    pub name: String,
    /// The file in which the frame's routine begins.
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// What was used on exactly this path.
    pub own: Usage,
}

impl FlameTree {
    /// The tree of a profile.
    pub fn new(profile: &Profile, numbering: &Numbering) -> FlameTree {
        let nodes = profile.calls.nodes().iter().map(|node| {
            let (file, line) = numbering.beginning(node.frame);
            FlameNode {
                parent: node.parent,
                name: numbering.name(node.frame).to_owned(),
                file: file.to_owned(),
                line,
                own: node.own,
            }
        });
        let outside = [(DATA, profile.data), (NOT_EXECUTED, profile.not_executed)];
        let used = outside
            .into_iter()
            .filter(|(_, own)| *own != Usage::default());
        let outside = used.map(|(name, own)| FlameNode {
            parent: None,
            name: name.to_owned(),
            file: String::new(),
            line: None,
            own,
        });
        FlameTree {
            nodes: nodes.chain(outside).collect(),
        }
    }

    /// The nodes of a path, the outermost first.
    pub fn path(&self, node: usize) -> Vec<usize> {
        let up = |node: &usize| self.nodes.get(*node).and_then(|node| node.parent);
        let mut path: Vec<usize> = std::iter::successors(Some(node), up).collect();
        path.reverse();
        path
    }
}
