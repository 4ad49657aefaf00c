namespace MailDns.ReverseDns;

/// <summary>The checks of sending addresses and of the names their servers say in HELO: the one place that declares them.</summary>
internal static class ReverseDnsChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Ptr);

    public static readonly CheckDefinition Missing = s_rows.Error("PTR-MISSING", CheckNeeds.Dns, "Every sending address has a PTR record", "The sending address {address} has no PTR record at {reverse} ({answer}).", "Ask whoever assigned the address to publish a PTR record with the server's host name.", "RFC 1912 section 2.1; sender guidelines of Gmail, Yahoo, Apple and La Poste");
    public static readonly CheckDefinition Forward = s_rows.Error("PTR-FORWARD", CheckNeeds.Dns, "PTR is forward-confirmed (FCrDNS)", "The PTR name of {address} does not resolve back to it: {shown}.", "Publish the address at that name, or change the PTR to the name that has it.", "RFC 8601 section 3; RFC 1912 section 2.1; sender guidelines of Gmail and Microsoft");
    public static readonly CheckDefinition Generic = s_rows.Warning("PTR-GENERIC", CheckNeeds.Dns, "The PTR name is the server's own", "{host}, the PTR name of {address}, looks like one that the network assigned.", "Change the PTR to the server's own host name, ideally the one in HELO.", "Postmaster pages of GMX and T-Online; M3AAWG Sender Best Common Practices");
    public static readonly CheckDefinition HeloUnresolved = s_rows.Warning("HELO-UNRESOLVED", CheckNeeds.Dns, "The HELO name has an address", "The HELO name {name} has no address ({answer}).", "Publish the server's address at that name, or change the HELO name to one that has it.", "RFC 5321 sections 4.1.1.1 and 2.3.5");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

    /// <summary>Those of an address.</summary>
    public static IReadOnlyList<CheckDefinition> OfAddress { get; } = new[] { Missing, Forward, Generic };
}
