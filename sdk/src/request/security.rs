//! The credentials that a request takes: those of its operation, or those that a custom request names.

use super::Request;
use super::headers::is_reserved;
use crate::client::schemes::SecurityScheme;

impl Request {
    /// Names the credentials that are sent in place of the client's own: all of these together, or none.
    pub(crate) fn set_schemes(&mut self, schemes: Vec<SecurityScheme>) {
        for name in schemes.iter().filter_map(SecurityScheme::own_header) {
            if is_reserved(&name.to_ascii_lowercase()) {
                let help = match name.eq_ignore_ascii_case("authorization") {
                    true => ": name the scheme with `SecurityScheme::authorization`",
                    false => "",
                };
                self.refuse(format!(
                    "a credential cannot be sent in the header `{name}`, which the client sets{help}"
                ));
            }
        }
        let places: Vec<String> = schemes.iter().map(SecurityScheme::place).collect();
        let mut numbered = places.iter().enumerate();
        if let Some((_, place)) = numbered.find(|(at, place)| places[..*at].contains(place)) {
            self.refuse(format!("two credentials cannot be sent in {place}"));
        }
        self.schemes = Some(schemes);
    }

    /// Passes on the alternatives of credentials that the request takes.
    pub(crate) fn with_security<T>(&self, use_it: impl FnOnce(&[&[SecurityScheme]]) -> T) -> T {
        match &self.schemes {
            Some(schemes) => use_it(&[schemes]),
            None => use_it(self.operation.security),
        }
    }
}
