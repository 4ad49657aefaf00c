using System.Runtime.InteropServices;
using System.Security;

namespace MailDns;

/// <summary>Pass phrases out of secure strings, for as short as may be.</summary>
internal static class Passphrase
{
    /// <summary>The characters, null for none. The caller clears them.</summary>
    public static char[]? Copy(SecureString? text)
    {
        if (text is null) return null;

        var characters = new char[text.Length];
        IntPtr memory = Marshal.SecureStringToGlobalAllocUnicode(text);
        try
        {
            Marshal.Copy(memory, characters, 0, characters.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(memory);
        }

        return characters;
    }

    /// <summary>Overwrites what was copied.</summary>
    public static void Clear(char[]? characters)
    {
        if (characters is not null) Array.Clear(characters, 0, characters.Length);
    }
}
