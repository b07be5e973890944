//! A page of a fixed-layout document in a package that is in order.

#![no_main]

const ENTRY: &[u8] = b"<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>";
const DOCUMENT: &[u8] = b"<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea></CommonData><Pages><Page ID='1' BaseLoc='Pages/Page_0/Content.xml'/></Pages></Document>";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let parts = [("OFD.xml", ENTRY), ("Doc_0/Document.xml", DOCUMENT), ("Doc_0/Pages/Page_0/Content.xml", bytes)];
    gongkai_fuzz::read("ofd", &gongkai_fuzz::packed(&parts));
});
