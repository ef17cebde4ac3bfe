//! The statuses of Rust are those of C: every number, name and sentence.
#![cfg(feature = "c")]

use std::ffi::{c_char, CStr};

use inlay::{sys, Status};

/// More than the list will ever have.
const BEYOND: i32 = 4096;

fn text(from: *const c_char) -> &'static str {
    // SAFETY: C returns literals.
    unsafe { CStr::from_ptr(from) }.to_str().unwrap()
}

#[test]
fn every_status_of_c_is_known_and_no_other() {
    let mut known = 0;
    for number in 1..BEYOND {
        // SAFETY: any number may be asked for.
        let (name, sentence) =
            unsafe { (text(sys::inlay_status_name(number)), text(sys::inlay_status_text(number))) };
        let status = Status::from_number(number).unwrap();
        assert_eq!(status.name(), name, "status {number}");
        if name == "UNKNOWN" {
            assert_eq!(status, Status::Unknown);
            continue;
        }
        assert_eq!((status as i32, status.text()), (number, sentence), "{name}");
        known += 1;
    }
    assert!(known > 50, "C has that many");
    assert_eq!(Status::from_number(0), None, "success is no status");
}
